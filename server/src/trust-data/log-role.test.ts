import { formatVerifierKey, verifierKey } from '@onetrip/log'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { dropGuard } from '../../testing/tamper.ts'
import { MARKET, openWorld, START, type World } from '../../testing/test-world.ts'
import { anchors, lengthAt } from '../record/anchors.ts'
import { recordAct } from '../record/append.ts'
import { integrate, recordKey } from '../record/integrate.ts'
import { transact } from '../storage/database.ts'
import { operatorNamed, revokeKey } from './key-lives.ts'
import { publishedTrust } from './published-trust.ts'

const HOUR = 3600
const DAY = 24 * HOUR
/** 2026-11-23T00:00:00Z. */
const MIDNIGHT = START - (START % DAY)

let world: World

beforeEach(async () => {
  world = await openWorld()
  return () => world.close()
})

/** Adds an entry at a time (Unix seconds) and has it signed. */
async function growAt(now: number): Promise<number> {
  world.setNow(now)
  await transact(world.services.storage, (transaction) =>
    recordAct(world.services, transaction, { act: 'test/act' }),
  )
  return (await integrate(world.services)).size
}

function anchorsIn(sizes: readonly number[]): Promise<readonly (number | undefined)[]> {
  return publishedTrust(world.services).then(({ logs: [log] }) =>
    Promise.all(sizes.map(async (size) => (await log?.anchorAt(size))?.size)),
  )
}

test('the trust list names the log, and its newest checkpoint is published at most hourly', async () => {
  const first = await growAt(START)
  const { logs } = await publishedTrust(world.services)
  expect(logs.map(({ key, quorum }) => [formatVerifierKey(key), quorum])).toEqual([
    [formatVerifierKey(recordKey(world.services)), 0],
  ])
  expect(logs[0]?.notBefore).toBe(MIDNIGHT)
  expect(await anchorsIn([first])).toEqual([first])
  const second = await growAt(START + HOUR - 1)
  expect(await anchorsIn([first, second])).toEqual([first, undefined])
  const third = await growAt(START + 2 * HOUR)
  expect(await anchorsIn([first, second, third])).toEqual([first, undefined, third])
})

test('the first of each day is published for forty days, of each month for ever', async () => {
  const firsts: number[] = []
  for (let day = 0; day < 80; day += 1) {
    firsts.push(await growAt(MIDNIGHT + day * DAY + 8 * HOUR))
    await growAt(MIDNIGHT + day * DAY + 9 * HOUR)
  }
  const newest = firsts.at(-1) ?? 0
  const sizes = (await anchors(world.services)).map(({ size }) => size)
  // 23 November, 1 December, then the days from 2 January on, 1 January and 1 February among the days or before them.
  const months = [firsts[0] ?? 0, firsts[8] ?? 0]
  expect(sizes).toEqual([...months, ...firsts.slice(39), newest + 1])
  expect(await anchorsIn([firsts[1] ?? 0, ...sizes])).toEqual([undefined, ...sizes])
})

test('where witnesses have to cosign, what they did not cosign is no anchor', async () => {
  const sizes = [await growAt(MIDNIGHT), await growAt(MIDNIGHT + 1), await growAt(MIDNIGHT + 2)]
  const { publicKey } = world.services.keys.ensureSigner('test-witness', 'Ed25519')
  const key = verifierKey('witness.example/1', 'cosignature', publicKey)
  const witnesses = [{ key, url: 'https://witness.example' }]
  const config = { ...world.services.config, witnesses, witnessQuorum: 1 }
  const witnessed = { ...world.services, config }
  expect(await anchors(witnessed)).toEqual([])
  const [, second = 0] = sizes
  await world.services.storage
    .insertInto('log_cosignature')
    .values({ size: second, witness: formatVerifierKey(key), line: '— x\n', at: MIDNIGHT })
    .execute()
  expect((await anchors(witnessed)).map(({ size }) => size)).toEqual([second])
})

test('a record that was changed keeps its last checkpoints, and stops nothing else', async () => {
  const first = await growAt(START)
  const before = await publishedTrust(world.services)
  const { storage } = world.services
  await dropGuard(storage, 'log_entry', 'update')
  await sql.raw(`update log_entry set leaf = '${'A'.repeat(43)}' where idx = 0`).execute(storage)
  world.setNow(START + 2 * HOUR)
  await transact(storage, (transaction) =>
    recordAct(world.services, transaction, { act: 'test/act' }),
  )
  const after = await publishedTrust(world.services)
  expect(after.signedAt).toBeGreaterThan(before.signedAt)
  expect(await after.logs[0]?.anchorAt(first)).toBeDefined()
  expect(world.logLines.join()).toContain('record/damaged')
})

test('a revoked key is told with what of it was in the log by then', async () => {
  const keyId = `${MARKET.toLowerCase()}-issue-cbor-1`
  const length = await growAt(START)
  await growAt(START + HOUR)
  world.setNow(START + 2 * HOUR)
  const from = START + HOUR - 1
  const actor = await operatorNamed(world.services, '陈样例')
  await revokeKey(world.services, { keyId, from, actor, isEmergency: false })
  expect(await lengthAt(world.services, from)).toBe(length)
  const { agencies } = await publishedTrust(world.services)
  const revoked = agencies.flatMap(({ keys }) =>
    keys.filter(({ revokedFrom }) => revokedFrom === from),
  )
  expect(revoked.map(({ logged }) => logged?.index)).toEqual([length])
})

test('what was in the log at a time: a clock that was set back or ran ahead adds nothing to it', async () => {
  const { services } = world
  const [first, behind] = [await growAt(START), await growAt(START - HOUR)]
  expect(await lengthAt(services, START + HOUR)).toBe(first)
  expect(await lengthAt(services, START)).toBe(first)
  expect(await lengthAt(services, START - 1)).toBe(0)
  const right = await growAt(START + HOUR)
  expect(behind).toBeLessThan(right)
  expect(await lengthAt(services, START + HOUR)).toBe(right)
  await growAt(START + DAY)
  const back = await growAt(START + 2 * HOUR)
  await growAt(START + HOUR)
  // When the clock went right again is not known.
  expect(await lengthAt(services, START + 3 * HOUR)).toBe(right)
  expect(await lengthAt(services, START + DAY)).toBe(back - 1)
})

test('what was in the log at a time: witnesses say it by their own clocks', async () => {
  const sizes = [await growAt(START), await growAt(START + 1), await growAt(START + 2)]
  const witnesses = ['1', '2', '3'].map((name) => {
    const { publicKey } = world.services.keys.ensureSigner(`test-witness-${name}`, 'Ed25519')
    const key = verifierKey(`witness.example/${name}`, 'cosignature', publicKey)
    return { key, url: 'https://witness.example' }
  })
  const config = { ...world.services.config, witnesses, witnessQuorum: 2 }
  const witnessed = { ...world.services, config }
  const seen = (which: number, size: number | undefined, at: number) =>
    world.services.storage
      .insertInto('log_cosignature')
      .values({
        size: size ?? 0,
        witness: formatVerifierKey(witnesses[which]?.key ?? recordKey(world.services)),
        line: '— x\n',
        at,
      })
      .execute()
  await seen(0, sizes[2], START + 10)
  // One is no quorum: by the server's clock.
  expect(await lengthAt(witnessed, START + 20)).toBe(sizes[2])
  await seen(1, sizes[0], START + 12)
  expect(await lengthAt(witnessed, START + 11)).toBe(sizes[2])
  expect(await lengthAt(witnessed, START + 20)).toBe(sizes[0])
  await seen(2, sizes[1], START + 30)
  expect(await lengthAt(witnessed, START + 30)).toBe(sizes[1])
})
