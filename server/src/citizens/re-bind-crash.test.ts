/** A server that is killed while a licence moves to a new phone: the old copy counts or the new one, and a retry gets the new one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCrashChild } from '../../testing/run-crash-child.ts'
import {
  credentialIn,
  holderJwkText,
  holderSigner,
  issueFood,
  openWorld,
  proofOf,
  redeem,
  requestCredential,
  signerOfJwkText,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import type { Failpoint } from '../failpoint.ts'
import { offerForNewPhone } from './re-bind.ts'

const HOLDER = { holderReference: 'ref-crash' }

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-rebind-'))
  writeFileSync(join(folder, 'holder.json'), holderJwkText('Ed25519'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function receive(world: World, accessToken: string, signer = newPhone()): Promise<string> {
  const configuration = `${TYPES.food}.dc+sd-cwt`
  const proof = await proofOf(world, signer)
  return credentialIn(await requestCredential(world, { accessToken, configuration, proof }))
}

function newPhone() {
  return signerOfJwkText(readFileSync(join(folder, 'holder.json'), 'utf8'))
}

/** Which issued copies count. */
async function counting(world: World, licenceId: string): Promise<readonly string[]> {
  const rows = await world.services.storage
    .selectFrom('credential')
    .select('credential')
    .where('licence_id', '=', licenceId)
    .where('state', '=', 'issued')
    .where('withdrawn_at', 'is', null)
    .where('status', '=', 0)
    .execute()
  return rows.map(({ credential }) => credential ?? '')
}

const POINTS: readonly Failpoint[] = [
  'sign/before-reserve-commit',
  'sign/after-reserve',
  'sign/before-commit',
  'sign/after-commit',
]

test.for(POINTS)('%s', async (point) => {
  let world = await openWorld({ folder })
  const { id, ...issued } = await issueFood(world, { serial: 'REBIND1', ...HOLDER })
  const old = await receive(world, await redeem(world, issued), holderSigner('Ed25519'))
  const accessToken = await redeem(
    world,
    await offerForNewPhone(world.services, HOLDER, id).then(told),
  )
  await world.close()
  const environment = { TEST_TOKEN: accessToken }
  const child = { folder, task: 'rebind', failpoint: point, environment }
  expect(await runCrashChild(child)).toBe('SIGKILL')
  world = await openWorld({ folder })
  // Opening settles what was pending: it may have been signed.
  const after = await counting(world, id)
  expect(after).toHaveLength(1)
  expect(after[0] === old).toBe(point === 'sign/before-reserve-commit')
  const fresh = await receive(world, accessToken)
  expect(await counting(world, id)).toEqual([fresh])
  await world.close()
})

function told({ txCode, ...offer }: Awaited<ReturnType<typeof offerForNewPhone>>) {
  return { offer, txCode }
}
