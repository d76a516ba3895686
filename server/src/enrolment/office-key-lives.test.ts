/** Keys of an office from announcement to revocation, with verifiers that follow, and with one that imports a pack. */
import type { ErrorCode } from '@onetrip/codec'
import { sampleOffices } from '@onetrip/fixtures'
import { issueCounterCertificate } from '@onetrip/issuer'
import { openPack, packInMemory, type Trust } from '@onetrip/trust'
import { openCounterCertificate } from '@onetrip/verifier'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { holderSigner, openWorld, START, type World } from '../../testing/test-world.ts'
import {
  announceKey,
  listKeys,
  operatorNamed,
  retireKey,
  revokeKey,
} from '../trust-data/key-lives.ts'
import { currentRoot } from '../trust-data/offline-roles.ts'
import { publishedPack } from '../trust-data/publish-pack.ts'
import { officeSigner } from './office-keys.ts'

const DAY = 86_400
const OFFICE = sampleOffices[0]?.id ?? ''
const DEVICE = { number: '01', name: '一号窗口', key: holderSigner('ES256').publicKey }
let world: World
let now = START

beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close())

function at(time: number): void {
  now = time
  world.setNow(time)
}

interface Certificate {
  readonly bytes: Uint8Array
  readonly issuedAt: number
}

/** A certificate as the office gives it now, under the key of now. */
async function certify(): Promise<Certificate> {
  const { signer } = await officeSigner(world.services, OFFICE)
  const life = { issuedAt: now, expiresAt: now + 30 * DAY }
  const order = { office: OFFICE, device: DEVICE, matters: [], ...life }
  return { bytes: await issueCounterCertificate(order, signer), issuedAt: now }
}

/** Why a verifier takes it for nothing; undefined when it speaks for the office. */
function refusal({ bytes }: Certificate, trust: Trust): Promise<ErrorCode | undefined> {
  return openCounterCertificate({ certificate: bytes, trust, now }).then(
    () => undefined,
    ({ code }: { code: ErrorCode }) => code,
  )
}

async function stateOf(keyId: string): Promise<string | undefined> {
  return (await listKeys(world.services)).find(({ id }) => id === keyId)?.state
}

function announce(leadDays: number): Promise<string> {
  const notBefore = now + leadDays * DAY
  return announceKey(world.services, { owner: OFFICE, purpose: 'enrol', notBefore })
}

async function signingKey(): Promise<string> {
  return (await officeSigner(world.services, OFFICE)).keyId
}

test('a rotation refuses no certificate, however old the trust data; an emergency ends what came after', async () => {
  const { services } = world
  const first = await signingKey()
  const next = await announce(35)
  expect([await stateOf(first), await stateOf(next)]).toEqual(['active', 'announced'])
  // One verifier for each day on which the last refresh may have been: the oldest are five weeks behind.
  const held: Trust[] = []
  const given: Certificate[] = []
  for (let step = 0; step < 9; step += 1) {
    held.push(await follower().follow(world))
    given.push(await certify())
    expect(await signingKey()).toBe(step < 7 ? first : next)
    for (const trust of held) {
      for (const one of given.filter(({ issuedAt }) => now - issuedAt <= 30 * DAY)) {
        expect(await refusal(one, trust)).toBeUndefined()
      }
    }
    at(now + 5 * DAY)
  }
  await retireKey(services, { keyId: first, at: now })
  expect([await stateOf(first), await stateOf(next)]).toEqual(['retired', 'active'])
  const [last] = given.slice(-1)
  if (last === undefined) throw new TypeError('certificates were given')

  // In the middle of the next rotation the key is stolen; the thief's certificate is of today.
  await announce(35)
  const stolen = await certify()
  const pack = await publishedPack(services)
  const actor = await operatorNamed(services, '陈样例')
  await revokeKey(services, { keyId: next, from: now, actor, isEmergency: true })
  expect(await stateOf(next)).toBe('revoked')
  await expect(signingKey()).rejects.toMatchObject({ code: 'key/unknown' })
  const replacement = await announce(0)
  expect(await signingKey()).toBe(replacement)
  const initialRoot = await currentRoot(services)
  const open = (body: Uint8Array) => openPack({ source: packInMemory(body), initialRoot })
  const connected = await follower().follow(world)
  const imported = await open((await publishedPack(services)).body)
  expect(await refusal(stolen, await open(pack.body))).toBeUndefined()
  for (const trust of [connected, imported]) {
    expect(await refusal(stolen, trust)).toBe('key/revoked')
    expect(await refusal(last, trust)).toBeUndefined()
    expect(await refusal(await certify(), trust)).toBeUndefined()
  }
}, 120_000)
