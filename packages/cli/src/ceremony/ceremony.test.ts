/** A production installation from an empty folder, by command: keys, root, targets, publishing, and a client that follows. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { licenceTypes, sampleAgencies, sampleOffices } from '@onetrip/fixtures'
import { createApp, loadConfig, openServices, type Services } from '@onetrip/server'
import { followTrust, memoryTufStore, type TrustFetcher } from '@onetrip/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from '../command-line.ts'
import { quietContext } from '../quiet-context.ts'

const NOW = 1_795_406_400
const ENVIRONMENT = {
  ONETRIP_MODE: 'production',
  ONETRIP_API_ORIGIN: 'https://api.onetrip.example',
  ONETRIP_WALLET_ORIGIN: 'https://wallet.onetrip.example',
  ONETRIP_COUNTER_ORIGIN: 'https://counter.onetrip.example',
  ONETRIP_ENVIRONMENT: 'production',
  ONETRIP_KEY_PASSPHRASE: 'a passphrase for tests only',
}
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-ceremony-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Run {
  readonly exit: number
  readonly out: string
  readonly error: string
}

async function onetrip(...words: readonly string[]): Promise<Run> {
  const out: string[] = []
  const error: string[] = []
  const exit = await runCommandLine({
    argv: words,
    contextFor: ({ args }) =>
      quietContext({
        args,
        environment: { ...ENVIRONMENT, ONETRIP_DATA_DIR: join(folder, 'data') },
        now: () => NOW,
        print: (line) => out.push(line),
      }),
    print: (text) => out.push(text),
    printError: (line) => error.push(line),
  })
  return { exit, out: out.join('\n'), error: error.join('\n') }
}

/** Runs a command that has to end well, and answers what it printed. */
async function done(...words: readonly string[]): Promise<string> {
  const { exit, out, error } = await onetrip(...words)
  expect(error).toBe('')
  expect(exit).toBe(0)
  return out
}

const at = (name: string): string => join(folder, name)
const BY = ['--actor', '陈样例'] as const

async function makeKey(name: string): Promise<void> {
  writeFileSync(at(`${name}.jwk`), await done('trust', 'key', 'create', at(`${name}.key`)))
}

function signRoot(version: number, key: string): Promise<Run> {
  const file = at(`c/${version}.root.json`)
  return onetrip('trust', 'root', 'sign', file, '--key', at(`${key}.key`), ...BY)
}

function signTargets(version: number, key: string): Promise<Run> {
  const file = at(`c/${version}.targets.json`)
  const root = at('c/1.root.json')
  return onetrip('trust', 'targets', 'sign', file, '--root', root, '--key', at(`${key}.key`), ...BY)
}

function fetcherOf(services: Services): TrustFetcher {
  const app = createApp(services)
  const get = async (path: string): Promise<Uint8Array | undefined> => {
    const response = await app.request(path)
    if (response.status === 404) return undefined
    expect(response.status).toBe(200)
    return new Uint8Array(await response.arrayBuffer())
  }
  return {
    metadata: (name) => get(`/trust/metadata/${name}`),
    target: (path) => get(`/trust/targets/${path}`),
    recognised: () => ({ metadata: async () => undefined, target: async () => undefined }),
  }
}

async function follow(rootFile: string) {
  const services = await openServices({
    config: loadConfig({ ...ENVIRONMENT, ONETRIP_DATA_DIR: join(folder, 'data') }),
    now: () => NOW,
    writeLog: () => {},
  })
  try {
    return await followTrust({
      store: memoryTufStore(),
      fetcher: fetcherOf(services),
      initialRoot: readFileSync(rootFile),
      environment: 'production',
      now: NOW,
    })
  } finally {
    await services.close()
  }
}

describe('the ceremony', { timeout: 120_000 }, () => {
  test('serve without a root says in one line what to do', async () => {
    const { exit, error } = await onetrip('serve')
    expect(exit).toBe(1)
    expect(error).toMatch(/^onetrip serve: trust\/unavailable: no signed root .*trust publish$/)
  })

  test('keys are made once, and their files hold nothing in the clear', async () => {
    for (const name of ['r1', 'r2', 'r3', 't1', 't2']) await makeKey(name)
    expect(readFileSync(at('r1.key'), 'utf8')).not.toContain('"d"')
    expect(JSON.parse(readFileSync(at('r1.jwk'), 'utf8'))).toMatchObject({ crv: 'Ed25519' })
    const again = await onetrip('trust', 'key', 'create', at('r1.key'))
    expect(again.error).toContain('is there already')
    expect(again.exit).toBe(64)
  })

  test('a root waits for 2 of 3 signatures; the fingerprint stays', async () => {
    mkdirSync(at('c'))
    writeFileSync(at('online.json'), await done('trust', 'online-keys'))
    const roots = ['r1', 'r2', 'r3'].flatMap((name) => ['--root', at(`${name}.jwk`)])
    const targets = ['t1', 't2'].flatMap((name) => ['--targets', at(`${name}.jwk`)])
    const thresholds = ['--root-threshold', '2', '--targets-threshold', '2']
    const create = ['trust', 'root', 'create', at('c'), ...roots, ...targets, ...thresholds]
    await done(...create, '--online', at('online.json'), ...BY)
    expect((await signRoot(1, 't1')).error).toContain('this key may not sign this file')
    const show = () => onetrip('trust', 'root', 'show', at('c/1.root.json'), '--json')
    const before = await show()
    expect(before.exit).toBe(3)
    expect((await signRoot(1, 'r1')).out).toContain('root 1: 1 of 2 signatures')
    const early = await onetrip('trust', 'publish', at('c/1.root.json'), ...BY)
    expect(early).toMatchObject({ exit: 1, error: 'onetrip trust publish: trust/threshold' })
    expect((await signRoot(1, 'r3')).out).toContain('root 1: 2 of 2 signatures')
    const after = await show()
    expect(after.exit).toBe(0)
    const { fingerprint } = JSON.parse(before.out)
    expect(JSON.parse(after.out)).toMatchObject({
      version: 1,
      fingerprint,
      isComplete: true,
      transcript: { acts: 3 },
    })
    expect(await done('trust', 'root', 'show', at('c/1.root.json'))).toContain('3 acts, whole')
  })

  test('targets: documents are compared before signing, and come into force with the root', async () => {
    const cast = {
      types: licenceTypes,
      agencies: sampleAgencies.map(({ id, name, typeCodes }) => ({ id, name, typeCodes })),
      offices: sampleOffices,
    }
    writeFileSync(at('cast.json'), JSON.stringify(cast))
    await done('register', at('cast.json'))
    await done('trust', 'targets', 'draft', at('c'), ...BY)
    const list = at('c/1.targets/trust-list.json')
    const written = readFileSync(list)
    writeFileSync(list, Buffer.from(written).fill(0x20, 0, 1))
    expect((await signTargets(1, 't1')).error).toContain('trust/hash-mismatch')
    writeFileSync(list, written)
    expect((await signTargets(1, 't1')).out).toContain('targets 1: 1 of 2 signatures')
    const files = [at('c/1.targets.json'), at('c/1.root.json')]
    const early = await onetrip('trust', 'publish', ...files, ...BY)
    expect(early.error).toBe('onetrip trust publish: trust/threshold')
    // All of them or none: the root alone would be good.
    expect((await onetrip('serve')).error).toContain('trust/unavailable')
    expect((await signTargets(1, 't2')).out).toContain('targets 1: 2 of 2 signatures')
    const out = await done('trust', 'publish', ...files, ...BY)
    expect(out).toBe('root 1 is in force\ntargets 1 is in force')
    expect(await done('trust', 'publish', ...files, ...BY)).toBe('nothing new')
  })

  test('a client follows from the root', async () => {
    const trust = await follow(at('c/1.root.json'))
    expect(trust.faults).toEqual([])
    expect(trust.agencies).toHaveLength(sampleAgencies.length)
    expect(trust.types).toHaveLength(licenceTypes.length)
  })

  test('a rotated root wants signatures of both, and new online keys sign from there', async () => {
    writeFileSync(at('online-2.json'), await done('trust', 'online-keys', '--renew'))
    await makeKey('r4')
    const roots = ['r1', 'r2', 'r4'].flatMap((name) => ['--root', at(`${name}.jwk`)])
    const online = ['--online', at('online-2.json')]
    await done('trust', 'root', 'rotate', at('c/1.root.json'), ...roots, ...online, ...BY)
    await signRoot(2, 'r1')
    const half = await signRoot(2, 'r4')
    expect(half.out).toContain('2 of 2 signatures; of the root before: 1 of 2 signatures')
    const publish = () => onetrip('trust', 'publish', at('c/2.root.json'), ...BY)
    expect((await publish()).error).toBe('onetrip trust publish: trust/threshold')
    await signRoot(2, 'r3')
    expect((await publish()).out).toMatch(
      /^root 2 is in force\nstill signed with older online keys: status, deny, log;/,
    )
    expect((await follow(at('c/1.root.json'))).faults).toEqual([])
    expect((await onetrip('trust', 'root', 'show', at('c/2.root.json'))).exit).toBe(0)
  })

  test('an older file, another server and a broken transcript are refused', async () => {
    const foreign = JSON.parse(readFileSync(at('online-2.json'), 'utf8'))
    const stranger = JSON.parse(readFileSync(at('t1.jwk'), 'utf8'))
    writeFileSync(at('foreign.json'), JSON.stringify({ ...foreign, timestamp: stranger }))
    const rotate = ['trust', 'root', 'rotate', at('c/2.root.json')]
    await done(...rotate, '--online', at('foreign.json'), ...BY)
    await signRoot(3, 'r1')
    await signRoot(3, 'r2')
    const refused = await onetrip('trust', 'publish', at('c/3.root.json'), ...BY)
    expect(refused.error).toContain('key/unknown: the key of timestamp')
    await signRoot(1, 'r2')
    const older = await onetrip('trust', 'publish', at('c/1.root.json'), ...BY)
    expect(older.error).toBe('onetrip trust publish: trust/rollback')
    const lines = readFileSync(at('c/transcript.jsonl'), 'utf8').split('\n')
    writeFileSync(at('c/transcript.jsonl'), lines.toSpliced(1, 1).join('\n'))
    const broken = await onetrip('trust', 'root', 'show', at('c/2.root.json'))
    expect(broken.exit).toBe(1)
    expect(broken.out).toContain('BROKEN at line 2')
  })
})
