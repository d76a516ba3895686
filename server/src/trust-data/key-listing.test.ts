/** Which keys the trust list names, until when, and that it is made anew when one of them has to leave. */
import { samePublicKey } from '@onetrip/codec'
import { sampleOffices, sampleSealMaker } from '@onetrip/fixtures'
import { TARGET } from '@onetrip/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countedServices } from '../../testing/counted-services.ts'
import { follower } from '../../testing/follow-world.ts'
import { MARKET, openWorld, START, type World } from '../../testing/test-world.ts'
import { transact } from '../storage/database.ts'
import { announceKey, type LivingPurpose, listKeys, retireKey } from './key-lives.ts'
import { publishRepository } from './publish-repository.ts'
import { newestMetadata } from './repository-rows.ts'
import { trustDocuments } from './trust-documents.ts'

const DAY = 86_400
const OFFICE = sampleOffices[0]?.id ?? ''
let world: World

beforeEach(async () => {
  world = await openWorld()
  await publishRepository(world.services)
}, 60_000)
afterEach(() => world.close())

function ownerOf(purpose: LivingPurpose): string {
  if (purpose === 'enrol') return OFFICE
  return purpose.startsWith('seal-') ? sampleSealMaker.id : MARKET
}

/** Announces the next key of a purpose; answers its id, and that of the one before. */
async function announce(purpose: LivingPurpose, notBefore: number) {
  const owner = ownerOf(purpose)
  const next = await announceKey(world.services, { owner, purpose, notBefore })
  await publishRepository(world.services)
  return { first: `${owner.toLowerCase()}-${purpose}-1`, next }
}

/** Whether a verifier that follows now is told of the key. */
async function isListed(keyId: string): Promise<boolean> {
  const { publicKey } = world.services.keys.signer(keyId)
  const trust = await follower().follow(world)
  // Only after years without a new status key its lists are over.
  const isLate = world.services.now() > START + 730 * DAY
  const listsAreOver = ({ part }: { readonly part: string }) => isLate && part.startsWith('status/')
  expect(trust.faults.filter((fault) => !listsAreOver(fault))).toEqual([])
  const all = [...trust.agencies, ...trust.offices, ...trust.sealMakers].flatMap(({ keys }) =>
    keys.map(({ key }) => key),
  )
  return all.some((key) => samePublicKey(key, publicKey))
}

async function targetsVersion(): Promise<number> {
  await publishRepository(world.services)
  return (await newestMetadata(world.services.storage, 'targets'))?.version ?? 0
}

/** What it signed last may last so long. */
const LASTS: readonly (readonly [LivingPurpose, number])[] = [
  ['issue-cbor', 400 * DAY],
  ['issue-jws', 400 * DAY],
  ['status-cbor', 45 * DAY],
  ['status-jws', 45 * DAY],
  ['enrol', 30 * DAY],
  ['seal-cbor', 1830 * DAY],
  ['seal-jws', 1830 * DAY],
]

describe.each(LASTS)('a key for %s', (purpose, lasts) => {
  test('that is retired leaves when the last thing that it may have signed has ended', async () => {
    const { first } = await announce(purpose, START)
    await retireKey(world.services, { keyId: first, at: START + DAY })
    world.setNow(START + DAY + lasts)
    expect(await isListed(first)).toBe(true)
    const version = await targetsVersion()
    // Nothing changes in the database: its time passes, and the timestamp is signed anew every five minutes.
    world.setNow(START + DAY + lasts + 300)
    expect(await isListed(first)).toBe(false)
    expect(await targetsVersion()).toBe(version + 1)
    world.setNow(START + DAY + lasts + 600)
    expect(await targetsVersion()).toBe(version + 1)
  })

  test('that is withdrawn before it began is listed no more, and the list can be read', async () => {
    const { next } = await announce(purpose, START + 35 * DAY)
    expect(await isListed(next)).toBe(true)
    await retireKey(world.services, { keyId: next, at: START + DAY })
    expect(await isListed(next)).toBe(false)
    world.setNow(START + DAY)
    const [key] = (await listKeys(world.services)).filter(({ id }) => id === next)
    expect(key?.state).toBe('retired')
  })
})

test('a key is not retired from a time that has passed: what it signed since would count for nothing', async () => {
  const { first } = await announce('enrol', START)
  const retiring = retireKey(world.services, { keyId: first, at: START - 1 })
  await expect(retiring).rejects.toMatchObject({ code: 'input/invalid' })
  expect((await listKeys(world.services)).find(({ id }) => id === first)?.state).toBe('active')
})

test('a key that nobody retired leaves as long after its own end', async () => {
  const { first, next } = await announce('enrol', START + 35 * DAY)
  const end = START + 40 * DAY
  await world.services.storage
    .updateTable('office_key')
    .set({ not_after: end })
    .where('id', '=', first)
    .execute()
  world.setNow(end + 30 * DAY)
  expect(await isListed(first)).toBe(true)
  world.setNow(end + 30 * DAY + 300)
  expect([await isListed(first), await isListed(next)]).toEqual([false, true])
})

test('building the documents costs as many reads with a hundred agencies as with a few', async () => {
  const { services } = world
  const few = countedServices(services)
  await trustDocuments(few.services)
  const agency = { name: '{"zh-CN":"样例","en":"Sample"}', created_at: START }
  const ids = Array.from({ length: 100 }, (_, at) => `11339901XYN1${String(at).padStart(6, '0')}`)
  await transact(services.storage, (transaction) =>
    transaction
      .insertInto('agency')
      .values(ids.map((id) => ({ id, ...agency })))
      .execute(),
  )
  const many = countedServices(services)
  const { documents } = await trustDocuments(many.services)
  expect(many.count()).toBe(few.count())
  // One for each table that the documents are made of.
  expect(many.count()).toBeLessThanOrEqual(11)
  const text = new TextDecoder().decode(documents.get(TARGET.trustList))
  expect(text).toContain(ids.at(-1))
})
