/** `onetrip keys …` on a demonstration's data: each life of a key by command, and what a verifier then knows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jwkThumbprint } from '@onetrip/codec'
import { sampleAgencies, sampleOffices, sampleSealMaker } from '@onetrip/fixtures'
import {
  createApp,
  currentRoot,
  type LivingKey,
  listKeys,
  loadConfig,
  openServices,
  type Services,
  seedDemo,
} from '@onetrip/server'
import { type KeyLife, openPack, packInMemory, type Trust } from '@onetrip/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

const DAY = 86_400
const START = 1_795_406_400
const AGENCY = sampleAgencies[0]?.id ?? ''
const OFFICE = sampleOffices[0]?.id ?? ''
let folder: string
let services: Services
let now = START

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-keys-'))
  const config = loadConfig({ ONETRIP_DATA_DIR: folder })
  services = await openServices({ config, now: () => now, writeLog: () => {} })
  await seedDemo(services)
  await trust()
}, 60_000)
afterAll(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What a verifier knows that imports the pack of this moment. */
async function trust(): Promise<Trust> {
  const response = await createApp(services).request('/trust/pack')
  const pack = new Uint8Array(await response.arrayBuffer())
  return openPack({ source: packInMemory(pack), initialRoot: await currentRoot(services) })
}

async function keys(...words: readonly string[]) {
  const out: string[] = []
  const error: string[] = []
  const exit = await runCommandLine({
    argv: ['keys', ...words],
    contextFor: ({ args }) =>
      quietContext({
        args,
        environment: { ONETRIP_DATA_DIR: folder },
        now: () => now,
        print: (line) => out.push(line),
      }),
    print: (text) => out.push(text),
    printError: (line) => error.push(line),
  })
  return { exit, out: out.join('\n'), error: error[0] ?? '' }
}

async function keyOf(id: string): Promise<LivingKey | undefined> {
  return (await listKeys(services)).find((key) => key.id === id)
}

/** When the keys of a purpose are announced: time goes on from one to the next. */
let begin = START

describe('keys list', () => {
  test('names each key of agencies and offices with its state', async () => {
    const all: readonly LivingKey[] = JSON.parse((await keys('list', '--json')).out)
    expect(all).toHaveLength(4 * sampleAgencies.length + 2 * sampleOffices.length + 4)
    expect(new Set(all.map(({ state, listedAt }) => `${state} ${listedAt !== null}`))).toEqual(
      new Set(['active true']),
    )
    const { out } = await keys('list')
    const id = `${OFFICE.toLowerCase()}-enrol-1`
    expect(out.split('\n').find((line) => line.startsWith(id))).toMatch(
      /^\S+ {2}active, listed since 2026-11-23T04:00:00Z, 2026-11-23T00:00:00Z to 2028-11-22T00:00:00Z$/,
    )
  })
})

describe.each([
  { owner: AGENCY, purpose: 'issue-cbor' },
  { owner: AGENCY, purpose: 'status-jws' },
  { owner: OFFICE, purpose: 'enrol' },
  { owner: sampleSealMaker.id, purpose: 'seal-jws' },
])('the life of a key for $purpose', { timeout: 60_000 }, ({ owner, purpose }) => {
  const first = `${owner.toLowerCase()}-${purpose}-1`
  const next = `${owner.toLowerCase()}-${purpose}-2`
  const listedOf = async (thumbprint: string | undefined) => {
    const { agencies, offices, sealMakers } = await trust()
    const listed = [...agencies, ...offices, ...sealMakers].filter(({ id }) => id === owner)
    const all: readonly KeyLife[] = listed.flatMap((one): readonly KeyLife[] => one.keys)
    return all.find(({ key }) => jwkThumbprint(key) === thumbprint)
  }

  test('is announced and listed five weeks before it signs', async () => {
    begin = now
    const announced = await keys('announce', '--owner', owner, '--purpose', purpose)
    expect(announced).toEqual({ exit: 0, out: next, error: '' })
    const key = await keyOf(next)
    expect(key).toMatchObject({ state: 'announced', listedAt: null, notBefore: now + 35 * DAY })
    expect(await listedOf(key?.thumbprint)).toMatchObject({ notBefore: now + 35 * DAY })
    expect(await keyOf(next)).toMatchObject({ state: 'announced', listedAt: now })
  })

  test('the one before is not retired while no other signs', async () => {
    const refused = await keys('retire', first)
    expect(refused.exit).toBe(1)
    expect(refused.error).toMatch(/^onetrip keys retire: own-key\/no-other: none would sign then/)
    expect(await keyOf(first)).toMatchObject({ state: 'active' })
  })

  test('is active at its time, and then the one before is retired', async () => {
    now = begin + 35 * DAY
    expect(await keyOf(next)).toMatchObject({ state: 'active' })
    expect(await keys('retire', first)).toEqual({ exit: 0, out: '', error: '' })
    const retired = await keyOf(first)
    expect(retired).toMatchObject({ state: 'retired', retiredAt: now })
    expect(await listedOf(retired?.thumbprint)).toMatchObject({ notAfter: now })
  })

  test('is revoked from a time on', async () => {
    now = begin + 36 * DAY
    const from = new Date((now - DAY) * 1000).toISOString().replace('.000', '')
    const revoked = await keys('revoke', next, '--from', from, '--person', '陈样例')
    expect(revoked).toEqual({ exit: 0, out: '', error: '' })
    const key = await keyOf(next)
    expect(key).toMatchObject({ state: 'revoked', revokedFrom: now - DAY })
    expect(await listedOf(key?.thumbprint)).toMatchObject({ revokedFrom: now - DAY })
    expect((await keys('list')).out).toContain(`revoked from ${from}`)
  })
})

test('an emergency reaches verifiers by the deny list, which no person has to sign', async () => {
  now = begin + 40 * DAY
  const id = `${AGENCY.toLowerCase()}-issue-cbor-1`
  const args = ['--from', String(now - DAY), '--person', '陈样例', '--emergency']
  const before = await trust()
  expect((await keys('revoke', id, ...args)).exit).toBe(0)
  const after = await trust()
  const version = (name: string, { parts }: Trust) =>
    parts.find((part) => part.name === name)?.version ?? 0
  expect(version('deny', after)).toBe(version('deny', before) + 1)
})

describe('what is refused', () => {
  test.each([
    [
      'an owner that is not registered',
      ['announce', '--owner', '91339901MAXYN00113', '--purpose', 'enrol'],
      1,
      'issuer/unknown',
    ],
    [
      'an office as issuer',
      ['announce', '--owner', OFFICE, '--purpose', 'issue-cbor'],
      1,
      'issuer/unknown',
    ],
    [
      'an agency that enrols counters',
      ['announce', '--owner', AGENCY, '--purpose', 'enrol'],
      1,
      'issuer/unknown',
    ],
    [
      'a purpose that is none',
      ['announce', '--owner', AGENCY, '--purpose', 'seal'],
      64,
      '--purpose wants one of',
    ],
    [
      'a lead that is no number',
      ['announce', '--owner', AGENCY, '--purpose', 'issue-cbor', '--lead-days', '-1'],
      64,
      'lead-days',
    ],
    [
      'revoking from a time that is none',
      ['revoke', 'nobody-issue-cbor-1', '--from', 'yesterday', '--person', 'x'],
      64,
      '--from wants a time',
    ],
    ['retiring a key that is none', ['retire', 'nobody-issue-cbor-1'], 1, 'key/unknown'],
    [
      'revoking a key that is none',
      ['revoke', 'nobody-issue-cbor-1', '--from', '0', '--person', 'x'],
      1,
      'key/unknown',
    ],
    ['revoking without a person', ['revoke', 'x', '--from', '0'], 64, '--person'],
    ['revoking from no time', ['revoke', 'x', '--from', 'yesterday', '--person', 'x'], 64, ''],
  ] as const)('%s', async (_, words, exit, message) => {
    const before = await listKeys(services)
    const refused = await keys(...words)
    expect(refused.exit).toBe(exit)
    expect(refused.error).toContain(message)
    expect(await listKeys(services)).toEqual(before)
  })
})
