/**
 * Packs from somebody who means harm (case T5): each is refused with its code, and what was kept, or had from nowhere,
 * is as good as before.
 */
import { type Signer, toBase64url } from '@onetrip/codec'
import { deflateZlib } from '@onetrip/status'
import { describe, expect, test } from 'vitest'
import { FIRST, follow, INITIAL_ROOT, kept, repository } from '../samples/followed-repository.ts'
import { type ForgedMember, packOfMembers } from '../samples/forged-pack.ts'
import { samplePack } from '../samples/sample-repository.ts'
import { SAMPLE_NOW, sampleDocuments, sampleSigner } from '../samples/sample-trust.ts'
import { openTrust } from './open-trust.ts'
import { type PackSource, packInMemory, readPackIndex } from './pack.ts'
import { packFetcherFor } from './pack-base.ts'
import type { Trust } from './trust.ts'
import { draftRoot } from './tuf/draft-metadata.ts'
import { signTuf } from './tuf/sign-metadata.ts'
import { memoryTufStore, settle, type TufStore } from './tuf/store-and-fetcher.ts'

type Members = Map<string, Uint8Array>
type Kept = Awaited<ReturnType<typeof kept>>

const DAY = 86_400
const ROOT_2 = 'metadata/2.root.json'
const TIMESTAMP = 'metadata/timestamp.json'
const SNAPSHOT_2 = 'metadata/2.snapshot.json'
const TARGETS_2 = 'metadata/2.targets.json'

/** What comes after FIRST: another trust list and newer roles. */
const SECOND = await repository({
  documents: sampleDocuments({ offices: [] }),
  denyList: { format: 1, keys: [], devices: [toBase64url(new Uint8Array(32))] },
  versions: { targets: 2, online: 2 },
  signedAt: SAMPLE_NOW + 60,
})
const STRANGERS = {
  root: [sampleSigner('policeIssueCbor')],
  targets: [sampleSigner('marketIssueCbor')],
  online: sampleSigner('policeStatus'),
}
/** The same documents by somebody else's keys, at higher versions. */
const STRANGE = await repository({
  signers: STRANGERS,
  versions: { targets: 2, online: 2 },
  signedAt: SAMPLE_NOW + 120,
})

async function membersOf(files: typeof FIRST): Promise<Members> {
  const source = packInMemory(samplePack(files))
  const { members } = await readPackIndex(source)
  const fetched = (folder: string, path: string) => {
    const name = path.slice(folder.length)
    return folder === 'metadata/' ? files.metadata.get(name) : files.targets.get(name)
  }
  return new Map(
    [...members.keys()].map((path) => {
      const folder = path.startsWith('metadata/') ? 'metadata/' : 'targets/'
      return [path, fetched(folder, path) ?? new Uint8Array()] as const
    }),
  )
}

function plainOf(members: Members): readonly ForgedMember[] {
  return [...members].map(([path, body]) => ({ path, rawBytes: body.length, body }))
}

function packOf(members: Members, base?: number): Uint8Array {
  return packOfMembers(plainOf(members), base)
}

async function importPack(store: TufStore, pack: Uint8Array | PackSource): Promise<Trust> {
  const source = pack instanceof Uint8Array ? packInMemory(pack) : pack
  return follow(store, await packFetcherFor({ source, store, initialRoot: INITIAL_ROOT }))
}

/** The code that ended an import, or was told first of what it refused. */
async function refusal(store: TufStore, pack: Uint8Array | PackSource): Promise<string> {
  const result = await settle(() => importPack(store, pack))
  return 'code' in result ? result.code : (result.value.faults[0]?.code ?? 'accepted')
}

/** What is in use, in a form that can be compared. */
async function inUse(store: TufStore) {
  const trust = await openTrust({ store, initialRoot: INITIAL_ROOT, environment: 'test' })
  const { version, signedAt, parts, faults, offices } = trust
  const lists = trust.agencies.map(({ id }, at) =>
    trust.statusList(id, `https://api.onetrip.example/s/${at + 1}`)?.list.get(5),
  )
  return { version, signedAt, parts, faults, lists, offices: offices.length }
}

/** The files that decide what is in use: not contents, which lie beside them, nor denials, which come whatever else does. */
function namesOf({ files }: Kept): ReadonlyMap<string, Uint8Array> {
  const isBeside = (name: string): boolean => name.startsWith('sha256-') || name === 'denials.json'
  return new Map([...files].filter(([name]) => !isBeside(name)))
}

async function leavesAllAsItWas(pack: Uint8Array | PackSource, code: string): Promise<void> {
  const store = await kept()
  const [before, files] = [await inUse(store), namesOf(store)]
  expect(await refusal(store, pack)).toBe(code)
  expect(await inUse(store)).toEqual(before)
  expect(namesOf(store)).toEqual(files)
  expect(await importPack(store, samplePack(SECOND))).toMatchObject({ version: 2, faults: [] })

  const fresh = memoryTufStore()
  await expect(importPack(fresh, pack)).rejects.toMatchObject({ code })
  const opened = openTrust({ store: fresh, initialRoot: INITIAL_ROOT })
  await expect(opened).rejects.toMatchObject({ code: 'trust/unavailable' })
  expect(await importPack(fresh, samplePack(SECOND))).toMatchObject({ version: 2, faults: [] })
}

async function strangersRoot(version: number): Promise<Uint8Array> {
  const online = { keys: [STRANGERS.online.publicKey], threshold: 1 }
  const keysOf = (all: readonly Signer[]) => ({
    keys: all.map(({ publicKey }) => publicKey),
    threshold: 1,
  })
  const roles = {
    root: keysOf(STRANGERS.root),
    targets: keysOf(STRANGERS.targets),
    snapshot: online,
    timestamp: online,
  }
  const expiresAt = SAMPLE_NOW + 365 * DAY
  return signTuf(draftRoot({ version, signedAt: SAMPLE_NOW, expiresAt, roles }), STRANGERS.root)
}

const ours = await membersOf(SECOND)
const theirs = await membersOf(STRANGE)

function without(members: Members, pattern: RegExp): Members {
  return new Map([...members].filter(([path]) => !pattern.test(path)))
}

function only(pattern: RegExp, members: Members): Members {
  return new Map([...members].filter(([path]) => pattern.test(path)))
}

function named(pattern: RegExp): string {
  const found = [...ours.keys()].find((path) => pattern.test(path))
  if (found === undefined) throw new TypeError('no such member')
  return found
}

function bytesOf(path: string): Uint8Array {
  return ours.get(path) ?? new Uint8Array()
}

function swapped(one: string, other: string): Members {
  return new Map([...ours, [one, bytesOf(other)], [other, bytesOf(one)]])
}

/** Our pack with one member as a forger states it. */
function forging(path: string, member: Omit<ForgedMember, 'path'>): Uint8Array {
  const rest = plainOf(ours).filter((plain) => plain.path !== path)
  return packOfMembers([...rest, { path, ...member }])
}

const TRUST_LIST = named(/trust-list/)
const DENY_LIST = named(/targets\/deny/)
const bomb = deflateZlib(new Uint8Array(32_000_000))

describe('a pack of which nothing is taken: what is signed', () => {
  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['somebody else’s, whole', () => packOf(theirs), 'trust/threshold'],
    [
      'a chain of roots of their own, at higher versions',
      async () => {
        const roots = [2, 3, 4].map(
          async (version) =>
            [`metadata/${version}.root.json`, await strangersRoot(version)] as const,
        )
        return packOf(new Map([...ours, ...theirs, ...(await Promise.all(roots))]))
      },
      'trust/threshold',
    ],
    [
      'their root as the next of ours, at a version far above',
      async () => packOf(new Map([...ours, [ROOT_2, await strangersRoot(9)]])),
      'trust/threshold',
    ],
    [
      'their timestamp over our files',
      () => packOf(new Map([...ours, ...only(/timestamp/, theirs)])),
      'trust/threshold',
    ],
    [
      'their targets role under our snapshot',
      () => packOf(new Map([...ours, ...only(/2\.targets/, theirs)])),
      'trust/hash-mismatch',
    ],
    [
      'our metadata with their targets',
      () => packOf(new Map([...without(ours, /^targets/), ...only(/^targets/, theirs)])),
      'trust/file-missing',
    ],
    [
      'timestamp and snapshot swapped',
      () => packOf(swapped(TIMESTAMP, SNAPSHOT_2)),
      'trust/format',
    ],
    [
      'snapshot and targets swapped',
      () => packOf(swapped(SNAPSHOT_2, TARGETS_2)),
      'trust/too-large',
    ],
    [
      'trust list and a type definition swapped',
      () => packOf(swapped(TRUST_LIST, named(/types/))),
      'trust/too-large',
    ],
    [
      'a trust list that is another of the same length',
      () => packOf(new Map([...ours, [TRUST_LIST, bytesOf(TRUST_LIST).with(9, 0x20)]])),
      'trust/hash-mismatch',
    ],
    [
      'a deny list that is cut',
      () => packOf(new Map([...ours, [DENY_LIST, bytesOf(DENY_LIST).slice(0, -1)]])),
      'trust/length-mismatch',
    ],
  ])('%s', async (_name, make, code) => leavesAllAsItWas(await make(), code))
})

describe('a pack of which nothing is taken: how it is packed', () => {
  test.each<[string, Uint8Array, string]>([
    [
      'a timestamp said to be larger than any',
      forging(TIMESTAMP, { rawBytes: 32_000_000, body: bomb }),
      'trust/too-large',
    ],
    [
      'a timestamp that inflates without end',
      forging(TIMESTAMP, { rawBytes: 16_384, body: bomb.slice(0, 16_000) }),
      'pack/member',
    ],
    [
      'a trust list that inflates past its length',
      forging(TRUST_LIST, {
        rawBytes: bytesOf(TRUST_LIST).length,
        body: deflateZlib(new Uint8Array(9_000)),
      }),
      'pack/member',
    ],
    [
      'a trust list said to be longer than its role says',
      forging(TRUST_LIST, { rawBytes: 32_000_000, body: bomb }),
      'trust/too-large',
    ],
    [
      'a member that is listed twice',
      packOfMembers([...plainOf(ours), ...plainOf(only(/timestamp/, theirs))]),
      'pack/format',
    ],
    ...[
      'metadata/../../x',
      '../metadata/timestamp.json',
      '/metadata/timestamp.json',
      'C:\\x',
      'metadata//x',
      'recognised/../metadata/x',
      'targets/\0',
    ].map((path): [string, Uint8Array, string] => [
      `a member named ${JSON.stringify(path)}`,
      packOfMembers([...plainOf(ours), { path, rawBytes: 0, body: new Uint8Array() }]),
      'pack/format',
    ]),
  ])('%s', (_name, pack, code) => leavesAllAsItWas(pack, code))
})

describe('a pack that is cut', () => {
  const pack = samplePack(SECOND)

  test('at any boundary, or a byte beside one, is refused before anything is read from it', async () => {
    const { members } = await readPackIndex(packInMemory(pack))
    const starts = [...members.values()].map(({ start }) => start)
    const ends = [...members.values()].map(({ start, storedBytes }) => start + storedBytes)
    const places = [0, 6, 7, 8, 11, 12, ...starts, ...ends].flatMap((at) => [at - 1, at, at + 1])
    const store = await kept()
    const before = new Map(store.files)
    for (const at of new Set(places)) {
      if (at < 0 || at >= pack.length) continue
      const code = at < 7 ? 'pack/format' : 'pack/truncated'
      expect([at, await refusal(store, pack.subarray(0, at))]).toEqual([at, code])
    }
    expect(store.files).toEqual(before)
  })

  test('while it is read leaves all as it was', async () => {
    const { members } = await readPackIndex(packInMemory(pack))
    for (const path of [TIMESTAMP, SNAPSHOT_2, TARGETS_2, TRUST_LIST]) {
      const member = members.get(path)
      if (member === undefined) throw new TypeError('no such member')
      const end = member.start + member.storedBytes - 1
      const read = async (from: number, to: number) => pack.subarray(from, Math.min(to, end))
      await leavesAllAsItWas({ size: pack.length, read }, 'pack/truncated')
    }
  })

  test('off by whoever holds it is trust/unavailable', async () => {
    const start = (await readPackIndex(packInMemory(pack))).members.get(SNAPSHOT_2)?.start ?? 0
    const read = async (from: number, to: number) => {
      if (from >= start) throw new TypeError('the stick was pulled out')
      return pack.subarray(from, to)
    }
    await leavesAllAsItWas({ size: pack.length, read }, 'trust/unavailable')
  })
})

describe('a pack that builds on another', () => {
  test('wants its base, and takes nothing without', async () => {
    const store = await kept()
    const before = new Map(store.files)
    for (const base of [2, 3, Number.MAX_SAFE_INTEGER]) {
      expect(await refusal(store, packOf(ours, base))).toBe('pack/base-missing')
    }
    expect(store.files).toEqual(before)
    expect(await refusal(memoryTufStore(), packOf(ours, 1))).toBe('pack/base-missing')
    expect(await refusal(store, packOf(ours, 1))).toBe('accepted')
  })

  test('and lies about what that had leaves all as it was', async () => {
    for (const left of [/trust-list/, /2\.targets/, /2\.deny/, /2\.snapshot/]) {
      await leavesAllAsItWas(packOf(without(ours, left)), 'trust/file-missing')
    }
  })

  test('of an older version is trust/rollback', async () => {
    const store = await kept(SECOND)
    const files = namesOf(store)
    expect(await refusal(store, packOf(await membersOf(FIRST), 1))).toBe('trust/rollback')
    expect(namesOf(store)).toEqual(files)
  })
})

test('status lists that are swapped keep their roles as they were; what can be read goes on', async () => {
  const store = await kept()
  const before = await inUse(store)
  const swap = swapped(named(/status\/1\/[0-9a-f]+\.1\.cwt/), named(/status\/2\/[0-9a-f]+\.2\.cwt/))
  const trust = await importPack(store, packOf(swap))
  expect(trust.version).toBe(2)
  expect((await inUse(store)).lists).toEqual(before.lists)
})
