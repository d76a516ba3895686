import { encodeJson, Fault, type JsonValue, utf8Encode } from '@onetrip/codec'
import { leafHash } from '@onetrip/log'
import { describe, expect, test } from 'vitest'
import { follow, INITIAL_ROOT, kept, repository } from '../samples/followed-repository.ts'
import { SAMPLE_LOG, sampleCheckpoint, sampleLogEntry } from '../samples/sample-log.ts'
import { memoryFetcher } from '../samples/sample-repository.ts'
import { SAMPLE_NOW, sampleDocuments, sampleSigner } from '../samples/sample-trust.ts'
import { exportPack } from './export-pack.ts'
import { CHECKPOINT_LIMITS, parseCheckpoints } from './log-checkpoints.ts'
import { openTrust } from './open-trust.ts'
import { packInMemory } from './pack.ts'
import { packFetcher } from './pack-fetcher.ts'
import type { Trust } from './trust.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

const ROOT = leafHash(Uint8Array.of(1))
const OTHER = leafHash(Uint8Array.of(2))

const plain = await sampleCheckpoint({ size: 7, root: ROOT })
const forked = await sampleCheckpoint({ size: 7, root: OTHER })
const larger = await sampleCheckpoint({ size: 9, root: OTHER }, { witnesses: 2 })

function documentOf(...checkpoints: JsonValue[]): JsonValue {
  return { kind: 'onetrip-log-checkpoints', format: 1, checkpoints }
}

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

/** A repository whose log asks so many witnesses, with these checkpoints. */
function publishing(
  checkpoints: readonly string[] | Uint8Array | 'unsigned',
  options: { readonly quorum?: number; readonly version?: number } = {},
) {
  const { quorum = 0, version = 1 } = options
  return repository({
    documents: sampleDocuments({ logs: [sampleLogEntry(quorum)] }),
    checkpoints,
    versions: { targets: version, online: version },
    signedAt: SAMPLE_NOW + version,
  })
}

function logOf(trust: Trust) {
  const [log] = trust.logs
  if (log === undefined) throw new TypeError('the trust list names a log')
  return log
}

describe('the document', () => {
  test('is read', () => {
    const [one, two, ...rest] = parseCheckpoints(documentOf(plain, larger))
    expect(one).toMatchObject({ origin: SAMPLE_LOG.name, size: 7, root: ROOT })
    expect(two).toMatchObject({ size: 9 })
    expect(rest).toEqual([])
    expect(parseCheckpoints(documentOf())).toEqual([])
  })

  test('of fifty checkpoints with sixteen witnesses each is not too large', () => {
    const line = (larger.length - (plain.length - 2)) / 2
    expect(50 * (plain.length + 16 * line) * 1.1).toBeLessThan(CHECKPOINT_LIMITS.maxBytes)
  })

  test.each<[string, JsonValue, string]>([
    ['no object', [], 'trust/format'],
    ['another kind', { ...Object(documentOf()), kind: 'onetrip-trust-list' }, 'trust/format'],
    ['another format', { ...Object(documentOf()), format: 2 }, 'trust/format'],
    ['another member', { ...Object(documentOf()), extra: 1 }, 'trust/format'],
    ['out of order', documentOf(larger, plain), 'trust/format'],
    ['one twice', documentOf(plain, plain), 'trust/format'],
    ['a number', documentOf(1), 'trust/format'],
    ['no note', documentOf('x'), 'note/format'],
    ['a note of something else', documentOf(plain.replace('\n7\n', '\nx\n')), 'checkpoint/format'],
  ])('%s is refused', (_name, json, code) => {
    expect(codeOf(() => parseCheckpoints(json))).toBe(code)
  })
})

describe('a checkpoint', () => {
  test('counts where its log signed it, and is found by root and by size', async () => {
    const log = logOf(await follow(memoryTufStore(), memoryFetcher(await publishing([plain]))))
    const anchor = { origin: SAMPLE_LOG.name, size: 7, root: ROOT, witnesses: 0 }
    expect(await log.anchorOf(ROOT)).toEqual(anchor)
    expect(await log.anchorAt(7)).toEqual(anchor)
    expect(await log.anchorOf(OTHER)).toBeUndefined()
    expect(await log.anchorAt(8)).toBeUndefined()
  })

  test('counts by as many witnesses as the trust list asks', async () => {
    for (const [quorum, witnesses] of [
      [1, 2],
      [2, 2],
      [3, undefined],
    ] as const) {
      const files = await publishing([plain, larger], { quorum })
      const trust = await follow(memoryTufStore(), memoryFetcher(files))
      expect((await logOf(trust).anchorAt(9))?.witnesses).toBe(witnesses)
      expect(await logOf(trust).anchorAt(7)).toBeUndefined()
      expect(trust.faults).toEqual([])
    }
  })

  test.each([
    ['signed by another key', { signer: sampleSigner('root') }, {}],
    ['of another log', {}, { origin: 'another.example/log' }],
  ])('%s does not count, and is no fault', async (_name, options, changes) => {
    const note = await sampleCheckpoint({ size: 7, root: ROOT, ...changes }, options)
    const trust = await follow(memoryTufStore(), memoryFetcher(await publishing([note])))
    expect(await logOf(trust).anchorOf(ROOT)).toBeUndefined()
    expect(trust.faults).toEqual([])
  })
})

describe('checkpoints', () => {
  test('go into packs, and are opened again without a network', async () => {
    const store = await kept(await publishing([plain]))
    expect(
      await logOf(await openTrust({ store, initialRoot: INITIAL_ROOT })).anchorAt(7),
    ).toBeDefined()
    const pack = packInMemory(await exportPack({ store, initialRoot: INITIAL_ROOT }))
    const trust = await follow(memoryTufStore(), await packFetcher(pack))
    expect(await logOf(trust).anchorAt(7)).toBeDefined()
  })

  test('are none while the role has signed nothing', async () => {
    const trust = await follow(memoryTufStore(), memoryFetcher(await publishing('unsigned')))
    expect(await logOf(trust).anchorAt(7)).toBeUndefined()
    expect(trust.faults).toEqual([])
  })

  test.each<[string, readonly string[] | Uint8Array, string]>([
    ['that cannot be read', utf8Encode('{'), 'json/format'],
    ['that contradict themselves', [plain, forked].sort(), 'log/fork'],
    ['that contradict those before', [forked, larger], 'log/fork'],
    ['that are no checkpoints', utf8Encode(encodeJson(documentOf('x'))), 'note/format'],
  ])('%s leave those before in their place, and stop nothing else', async (_, next, code) => {
    const store = await kept(await publishing([plain]))
    const trust = await follow(store, memoryFetcher(await publishing(next, { version: 2 })))
    expect(trust.faults).toContainEqual({ part: 'log', code })
    expect(trust.version).toBe(2)
    expect((await logOf(trust).anchorAt(7))?.root).toEqual(ROOT)
    const pack = packInMemory(await exportPack({ store, initialRoot: INITIAL_ROOT }))
    const passedOn = await follow(memoryTufStore(), await packFetcher(pack))
    expect([passedOn.version, await logOf(passedOn).anchorAt(7)]).toEqual([2, undefined])
  })

  test('that are missing leave those before in their place', async () => {
    const store = await kept(await publishing([plain]))
    const files = await publishing([plain, larger], { version: 2 })
    const without = {
      ...files,
      targets: new Map([...files.targets].filter(([path]) => !path.startsWith('log/'))),
    }
    const trust = await follow(store, memoryFetcher(without))
    expect(trust.faults).toContainEqual({ part: 'log', code: 'trust/file-missing' })
    expect([trust.version, (await logOf(trust).anchorAt(7))?.size]).toEqual([2, 7])
    const next = await follow(store, memoryFetcher(files))
    expect((await logOf(next).anchorAt(9))?.size).toBe(9)
  })

  test('of two repositories that show two histories: each keeps its own, and names the other', async () => {
    const [one, other] = [
      await kept(await publishing([plain])),
      await kept(await publishing([forked])),
    ]
    const crossed = [
      await follow(one, memoryFetcher(await publishing([forked], { version: 2 }))),
      await follow(other, memoryFetcher(await publishing([plain], { version: 2 }))),
    ]
    for (const trust of crossed) {
      expect(trust.faults).toContainEqual({ part: 'log', code: 'log/fork' })
    }
    expect(
      await Promise.all(crossed.map(async (trust) => (await logOf(trust).anchorAt(7))?.root)),
    ).toEqual([ROOT, OTHER])
  })

  test('that did not count are contradicted by nothing', async () => {
    const store = await kept(await publishing([plain], { quorum: 2 }))
    const cosigned = await sampleCheckpoint({ size: 7, root: OTHER }, { witnesses: 2 })
    const files = await publishing([cosigned], { quorum: 2, version: 2 })
    const trust = await follow(store, memoryFetcher(files))
    expect([trust.faults, (await logOf(trust).anchorAt(7))?.root]).toEqual([[], OTHER])
  })
})
