/** Killed while a suspended seal is published: register and list say the same, before and after. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleSealMaker } from '@onetrip/fixtures'
import { openSealRegister, parseSeal, sealStatus } from '@onetrip/seal'
import type { Trust } from '@onetrip/trust'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { runCrashChild } from '../../testing/run-crash-child.ts'
import { MARKET, openWorld, type World } from '../../testing/test-world.ts'
import { demoPerson } from '../demo/demo-actor.ts'
import { seedSeals } from '../demo/seed-seals.ts'
import type { Failpoint } from '../failpoint.ts'
import { takeStep } from './seal-life.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-register-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What register and status list say of the market regulator's seal for licences. */
async function told(trust: Trust): Promise<readonly (string | undefined)[]> {
  const maker = trust.sealMakers.find(({ id }) => id === sampleSealMaker.id)
  const [bytes = new Uint8Array()] = trust.sealRegisters
  const { seals } = (await openSealRegister(bytes, maker)).facts
  const own = seals.find(({ seal }) => parseSeal(seal).facts.owner.uscc === MARKET)
  if (own === undefined) throw new Error('not registered')
  const { facts } = parseSeal(own.seal)
  const list = trust.statusList(sampleSealMaker.id, facts.status.uri)
  return [own.state, sealStatus(facts, list?.list)]
}

async function suspend({ services }: World): Promise<void> {
  const { id } = await services.storage
    .selectFrom('seal')
    .select('id')
    .where('owner_id', '=', MARKET)
    .where('licences', '=', 1)
    .executeTakeFirstOrThrow()
  const actor = await demoPerson(services, MARKET, 'owner')
  await takeStep(services, { actor, sealId: id, step: 'suspend', reason: 'x' })
}

const POINTS: readonly Failpoint[] = [
  'list/after-sign',
  'list/before-commit',
  'list/after-commit',
  'publish/before-commit',
]

test.for(POINTS)('%s: a verifier follows on and reads the change in both', async (failpoint) => {
  const verifier = follower()
  let world = await openWorld({ folder })
  await seedSeals(world.services)
  expect(await told(await verifier.follow(world))).toEqual(['in-use', undefined])
  await suspend(world)
  await world.close()
  const task = 'publish-due'
  expect(await runCrashChild({ folder, task, failpoint, environment: {} })).toBe('SIGKILL')
  world = await openWorld({ folder })
  const trust = await verifier.follow(world)
  expect(trust.faults).toEqual([])
  expect(await told(trust)).toEqual(['suspended', 'seal/suspended'])
  await world.close()
})
