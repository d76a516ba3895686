/** Keys of agencies from announcement to revocation, with verifiers that follow, and with one that imports a pack. */
import { type ErrorCode, parseJson } from '@onetrip/codec'
import { LIVE_AUDIENCE, presentSdJwt } from '@onetrip/credential'
import { openPack, packInMemory, parseTrustList, TARGET, type Trust } from '@onetrip/trust'
import { verify } from '@onetrip/verifier'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import {
  credentialIn,
  holderSigner,
  issueFood,
  MARKET,
  openWorld,
  post,
  proofOf,
  redeem,
  requestCredential,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { agencySigner, type KeyPurpose } from './agencies.ts'
import { announceKey, listKeys, operatorNamed, retireKey, revokeKey } from './key-lives.ts'
import { currentRoot } from './offline-roles.ts'
import { publishedPack } from './publish-pack.ts'
import { trustDocuments } from './trust-documents.ts'

const DAY = 86_400
const STEP_DAYS = 4
const LEAD_DAYS = 35
const OFFICE = '11339901XYN000049P'
let world: World
let now = START
let serial = 0

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function at(time: number): void {
  now = time
  world.setNow(time)
}

async function paper(): Promise<string> {
  serial += 1
  const { id } = await issueFood(world, { serial: `LIFE${serial}` })
  const response = await post(world, `/api/licences/${id}/paper`, {})
  expect(response.status).toBeLessThan(300)
  const body: { text: string } = await response.json()
  return body.text
}

function verifier(): { readonly refresh: () => Promise<Trust> } {
  const { follow } = follower()
  return { refresh: () => follow(world) }
}

/** Codes of failed checks, but for what a paper code and an age give by themselves. */
async function failures(code: string, trust: Trust): Promise<readonly (ErrorCode | undefined)[]> {
  const { checks } = await verify(code, { trust, now, office: OFFICE, accept: ['paper'] })
  expect(checks.length).toBeGreaterThan(0)
  return checks.flatMap((check) =>
    check.outcome !== 'failed' || /^presentation\/paper$|\/stale$/.test(check.code ?? '')
      ? []
      : [check.code],
  )
}

async function rotate(purpose: KeyPurpose, leadDays: number): Promise<string> {
  const { services } = world
  const notBefore = now + leadDays * DAY
  const id = await announceKey(services, { owner: MARKET, purpose, notBefore })
  expect((await listKeys(services)).find((key) => key.id === id)?.state).toBe(
    leadDays > 0 ? 'announced' : 'active',
  )
  return id
}

test('rotations fail no verification, whenever verifiers refresh; an emergency ends exactly what came after', async () => {
  const { services } = world
  const population = Array.from({ length: 4 }, verifier)
  const held = await Promise.all(population.map(({ refresh }) => refresh()))
  const codes: { readonly code: string; readonly issuedAt: number }[] = []
  let seed = 7
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  const refreshedAt = population.map(() => START)
  let verified = 0
  let oldest = 0
  /** Some days pass; each verifier refreshes when it happens to have a network, four weeks later at the latest. */
  const days = async (): Promise<void> => {
    at(now + STEP_DAYS * DAY)
    for (const [index, one] of population.entries()) {
      const age = now - (refreshedAt[index] ?? 0)
      if (age + STEP_DAYS * DAY < 28 * DAY && random() > 0.15) {
        oldest = Math.max(oldest, age)
        continue
      }
      held[index] = await one.refresh()
      refreshedAt[index] = now
    }
    codes.push({ code: await paper(), issuedAt: now })
    for (const trust of held) {
      for (const { code } of [codes[0], codes.at(-1)].flatMap((one) => one ?? [])) {
        expect(await failures(code, trust)).toEqual([])
        verified += 1
      }
    }
  }
  let last = (await agencySigner(services, MARKET, 'issue-cbor')).keyId
  for (const purpose of ['issue-cbor', 'status-cbor', 'issue-cbor'] as const) {
    const before = (await agencySigner(services, MARKET, purpose)).keyId
    const next = await rotate(purpose, LEAD_DAYS)
    // Listed at once, and not used before its time.
    const fresh = await verifier().refresh()
    const listed = fresh.agencyById(MARKET)?.keys.filter(({ notBefore }) => notBefore > now)
    expect(listed).toHaveLength(1)
    for (let passed = 0; passed + STEP_DAYS < LEAD_DAYS; passed += STEP_DAYS) {
      expect((await agencySigner(services, MARKET, purpose)).keyId).toBe(before)
      await days()
    }
    await days()
    await days()
    expect((await agencySigner(services, MARKET, purpose)).keyId).toBe(next)
    await retireKey(services, { keyId: before, at: now })
    if (purpose === 'issue-cbor') last = next
  }
  expect(verified).toBeGreaterThan(100)
  expect(oldest).toBeGreaterThanOrEqual(20 * DAY)

  // Emergency in the middle of a rotation: what the newest key signed in the last days is denied, without a signature of
  // people. The one that was announced keeps its time, as not everybody knows it; another one is needed at once.
  const announced = await rotate('issue-cbor', LEAD_DAYS)
  await days()
  const cutOff = codes.at(-2)?.issuedAt ?? 0
  const replacement = await rotate('issue-cbor', 0)
  const pack = await publishedPack(services)
  const initialRoot = await currentRoot(services)
  const actor = await operatorNamed(services, '陈样例')
  await revokeKey(services, { keyId: last, from: cutOff, actor, isEmergency: true })
  expect((await agencySigner(services, MARKET, 'issue-cbor')).keyId).toBe(replacement)
  const old = await openPack({ source: packInMemory(pack.body), initialRoot })
  const { body } = await publishedPack(services)
  const imported = await openPack({ source: packInMemory(body), initialRoot })
  const connected = await (population[0] ?? verifier()).refresh()
  for (const { code, issuedAt } of codes) {
    const expected = issuedAt >= cutOff ? ['key/revoked'] : []
    expect(await failures(code, old)).toEqual([])
    expect(await failures(code, connected)).toEqual(expected)
    expect(await failures(code, imported)).toEqual(expected)
  }
  expect(codes.filter(({ issuedAt }) => issuedAt >= cutOff)).toHaveLength(2)
  const replaced = await paper()
  for (const trust of [connected, imported]) expect(await failures(replaced, trust)).toEqual([])
  at(now + LEAD_DAYS * DAY)
  expect((await agencySigner(services, MARKET, 'issue-cbor')).keyId).toBe(announced)
  const after = await verifier().refresh()
  for (const code of [replaced, await paper()]) expect(await failures(code, after)).toEqual([])
}, 300_000)

test('a rotation of the keys of SD-JWT VCs and their lists fails no presentation, whenever verifiers refresh', async () => {
  const { services } = world
  const population = Array.from({ length: 3 }, verifier)
  const held = await Promise.all(population.map(({ refresh }) => refresh()))
  const signer = holderSigner('ES256')
  const receive = async (): Promise<string> => {
    serial += 1
    const issued = await issueFood(world, { serial: `LIFE${serial}` })
    const accessToken = await redeem(world, issued)
    const proof = await proofOf(world, signer)
    const configuration = `${TYPES.food}.dc+sd-jwt`
    return credentialIn(await requestCredential(world, { accessToken, configuration, proof }))
  }
  const shown = async (credential: string, trust: Trust): Promise<readonly unknown[]> => {
    const type = trust.types.find(({ typeCode }) => typeCode === TYPES.food)
    if (type === undefined) throw new TypeError('no such type')
    const presented = await presentSdJwt({
      credential,
      type,
      disclose: [],
      mode: 'live',
      audience: LIVE_AUDIENCE,
      issuedAt: now,
      random: services.random,
      signer,
    })
    const { checks } = await verify(presented, { trust, now, office: OFFICE, accept: ['live'] })
    return checks.flatMap(({ code = '' }) => (code === '' || code.endsWith('/stale') ? [] : [code]))
  }
  const credentials = [await receive()]
  for (const purpose of ['issue-jws', 'status-jws'] as const) {
    const before = (await agencySigner(services, MARKET, purpose)).keyId
    const next = await rotate(purpose, LEAD_DAYS)
    for (let passed = 0; passed <= LEAD_DAYS + STEP_DAYS; passed += STEP_DAYS) {
      at(now + STEP_DAYS * DAY)
      // Each refreshes another day; the last one after four weeks.
      const due = (passed / STEP_DAYS) % 7
      for (const [index, one] of population.entries()) {
        if (due % (2 + 2 * index) === 0) held[index] = await one.refresh()
      }
      credentials.push(await receive())
      for (const trust of held) {
        for (const credential of credentials) expect(await shown(credential, trust)).toEqual([])
      }
    }
    expect((await agencySigner(services, MARKET, purpose)).keyId).toBe(next)
    await retireKey(services, { keyId: before, at: now })
  }
}, 300_000)

test('a retired key is listed as long as what it signed may last; the last one cannot be retired', async () => {
  const { services } = world
  const first = `${MARKET.toLowerCase()}-issue-cbor-1`
  const listedKeys = async (): Promise<number> => {
    const bytes = (await trustDocuments(services)).documents.get(TARGET.trustList)
    const { agencies } = parseTrustList(parseJson(bytes ?? new Uint8Array(0)))
    return agencies.find(({ id }) => id === MARKET)?.keys.length ?? 0
  }
  const keys = await listKeys(services)
  expect(keys.find(({ id }) => id === first)).toMatchObject({ state: 'retired', listedAt: START })
  const before = await listedKeys()
  const retiredAt = keys.find(({ id }) => id === first)?.retiredAt ?? 0
  at(retiredAt + 400 * DAY)
  const kept = await listedKeys()
  at(retiredAt + 401 * DAY)
  const after = await listedKeys()
  // The status key that was retired last goes first, the first issuing one with the credentials it may have signed.
  expect([before - kept, kept - after]).toEqual([1, 1])
  const { keyId } = await agencySigner(services, MARKET, 'issue-jws')
  await expect(retireKey(services, { keyId, at: now })).rejects.toMatchObject({
    code: 'own-key/no-other',
  })
}, 120_000)
