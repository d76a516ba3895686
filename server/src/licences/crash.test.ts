/** CR01 and CN01 with real processes: kill -9 at every named place, then what was acknowledged is there. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBase64url, jwkThumbprint, parseJson } from '@onetrip/codec'
import { parseSdCwt } from '@onetrip/credential'
import { decodeStatusList, openStatusList } from '@onetrip/status'
import { parseDenyList } from '@onetrip/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCrashChild } from '../../testing/run-crash-child.ts'
import {
  counterProofOf,
  credentialIn,
  foodRequest,
  holderJwkText,
  MARKET,
  openWorld,
  post,
  proofOf,
  requestCredential,
  signerOfJwkText,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { demoActor } from '../demo/demo-actor.ts'
import { askEnrolment } from '../enrolment/ask-enrolment.ts'
import { collectCertificate } from '../enrolment/collect-certificate.ts'
import { denyCounter, denyListContent } from '../enrolment/deny-list.ts'
import { confirmCounter, listCounters } from '../enrolment/office-counters.ts'
import type { Failpoint } from '../failpoint.ts'
import { publicKeyOfJwkText } from '../keys/key-store.ts'

let folder: string
let apiKey: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-crash-'))
  const world = await openWorld({ folder })
  apiKey = world.apiKey
  await world.close()
  writeFileSync(join(folder, 'holder.json'), holderJwkText('Ed25519'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('killed while issuing', () => {
  const points: readonly Failpoint[] = ['issue/before-commit', 'issue/after-commit']
  for (const point of points) {
    test(`${point}: a retry gives one licence and one answer`, async () => {
      expect(await runChild('issue', point)).toBe('SIGKILL')
      const world = await openWorld({ folder })
      expect(await licences(world, 'CRASH1')).toHaveLength(point === 'issue/after-commit' ? 1 : 0)
      const first = await retryIssue(world, 'CRASH1')
      expect(await retryIssue(world, 'CRASH1')).toBe(first)
      expect(await licences(world, 'CRASH1')).toHaveLength(1)
      await world.close()
    })
  }

  test('what was acknowledged is answered again with the same bytes', async () => {
    expect(await runChild('issue')).toBe('0')
    const world = await openWorld({ folder })
    expect(await retryIssue(world, 'CRASH1')).toBe(acknowledged('issue')['issued'])
    await world.close()
  })
})

describe('killed while certifying a counter', () => {
  const points: readonly Failpoint[] = ['counter/after-reserve', 'counter/after-sign']
  for (const point of points) {
    test(`${point}: what may have been signed is on the deny list, and the counter gets its certificate`, async () => {
      let world = await openWorld({ folder })
      const signer = signerOfJwkText(readFileSync(join(folder, 'holder.json'), 'utf8'))
      const { services } = world
      const actor = await demoActor(services, MARKET)
      const [office = ''] = actor.offices
      await askEnrolment(
        services,
        await counterProofOf(world, signer, { act: 'enrol', office, name: '一号窗口' }),
      )
      const [asked] = await listCounters(services, actor)
      const counterId = asked?.id ?? ''
      await confirmCounter(services, { actor, counterId, code: asked?.code ?? '' })
      await world.close()
      expect(await runChild('certify', point)).toBe('SIGKILL')
      world = await openWorld({ folder })
      const collected = await collectCertificate(
        world.services,
        await counterProofOf(world, signer, { act: 'collect' }),
      )
      expect(collected.state).toBe('confirmed')
      // As after a crash that nobody came back from: nothing but the reservation is left.
      await world.services.storage
        .updateTable('counter')
        .set({ certificate: null, certificate_from: null, certificate_until: null })
        .execute()
      await denyCounter(world.services, { actor, counterId })
      const content = await denyListContent(world.services.storage, world.services.now())
      expect(parseDenyList(parseJson(content)).devices).toEqual([jwkThumbprint(signer.publicKey)])
      await world.close()
    })
  }
})

describe('killed while signing', () => {
  const points: readonly Failpoint[] = [
    'sign/before-reserve-commit',
    'sign/after-reserve',
    'sign/after-sign',
    'sign/before-commit',
    'sign/after-commit',
  ]
  for (const point of points) {
    test(`${point}: the wallet's retry gets one credential, and it can be revoked`, async () => {
      expect(await runChild('receive', point)).toBe('SIGKILL')
      const { accessToken, id } = acknowledged('receive')
      const world = await openWorld({ folder })
      const states = await credentialStates(world, String(id))
      const wasReserved = point !== 'sign/before-reserve-commit'
      expect(states).toEqual(wasReserved ? ['reserved', 'issued'] : ['reserved', 'reserved'])
      const first = await receive(world, String(accessToken))
      expect(await receive(world, String(accessToken))).toBe(first)
      const { status } = parseSdCwt(fromBase64url(first)).claims
      await post(world, `/api/licences/${id}/status`, { status: 'revoked', reason: '测试' })
      expect(await bitAt(world, status)).toBe(1)
      await world.close()
    })
  }
})

describe('two processes at once', () => {
  test('50 requests with one key are one licence and one answer', async () => {
    const world = await openWorld({ folder })
    const child = runChild('burst')
    const own = await Promise.all(Array.from({ length: 25 }, () => retryIssue(world, 'BURST1')))
    expect(await child).toBe('0')
    expect(new Set(own)).toEqual(new Set(asTexts(acknowledged('burst')['answers'])))
    expect(new Set(own).size).toBe(1)
    expect(await licences(world, 'BURST1')).toHaveLength(1)
    await world.close()
  })
})

/** Runs the child and returns its signal or exit code. */
function runChild(task: string, failpoint?: Failpoint): Promise<string> {
  return runCrashChild({ folder, task, failpoint, environment: { TEST_API_KEY: apiKey } })
}

function acknowledged(task: string): Record<string, unknown> {
  const entries: Record<string, unknown>[] = JSON.parse(
    readFileSync(join(folder, `acknowledged-${task}.json`), 'utf8'),
  )
  return Object.assign({}, ...entries)
}

function asTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

async function retryIssue(world: World, serial: string): Promise<string> {
  const headers = { 'Idempotency-Key': `crash-${serial}`, Authorization: `Bearer ${apiKey}` }
  const response = await post(world, '/api/licences', foodRequest({ serial }), headers)
  expect(response.status).toBe(201)
  return response.text()
}

async function receive(world: World, accessToken: string): Promise<string> {
  const signer = signerOfJwkText(readFileSync(join(folder, 'holder.json'), 'utf8'))
  return credentialIn(
    await requestCredential(world, {
      accessToken,
      configuration: `${TYPES.food}.dc+sd-cwt`,
      proof: await proofOf(world, signer),
    }),
  )
}

async function licences(world: World, serial: string): Promise<readonly unknown[]> {
  return world.services.storage
    .selectFrom('licence')
    .select('id')
    .where('serial', '=', serial)
    .execute()
}

async function credentialStates(world: World, licenceId: string): Promise<readonly string[]> {
  const rows = await world.services.storage
    .selectFrom('credential')
    .select('state')
    .where('licence_id', '=', licenceId)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.state)
}

async function bitAt(
  world: World,
  status: { readonly uri: string; readonly index: number },
): Promise<number> {
  const response = await world.app.request(new URL(status.uri).pathname)
  const key = await world.services.storage
    .selectFrom('signing_key')
    .select('public_jwk')
    .where('agency_id', '=', MARKET)
    .where('purpose', '=', 'status-cbor')
    .executeTakeFirstOrThrow()
  const token = decodeStatusList(new Uint8Array(await response.arrayBuffer()))
  const list = await openStatusList(token, publicKeyOfJwkText(key.public_jwk))
  return list.get(status.index)
}
