import { Fault, utf8Encode } from '@onetrip/codec'
import { deflateZlib } from '@onetrip/status'
import { describe, expect, test } from 'vitest'
import { forgedPack } from '../samples/forged-pack.ts'
import {
  buildPack,
  isPack,
  MAX_PACK_BYTES,
  packInMemory,
  parsePackIndex,
  readPackIndex,
} from './pack.ts'
import { packFetcher } from './pack-fetcher.ts'

const LIMITS = { maxBytes: 1000 }
const zeros = new Uint8Array(500)
const files = new Map([
  ['metadata/timestamp.json', utf8Encode('{"t":1}')],
  ['targets/status/1/aa.1.cwt', zeros],
  ['recognised/x/metadata/timestamp.json', utf8Encode('{"t":2}')],
])
const pack = buildPack({ files, deflate: deflateZlib })

function members(...entries: readonly (readonly [string, number, number])[]) {
  return new Map([[2, entries]])
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

describe('a pack', () => {
  test('gives back what was put in, deflated where that helps', async () => {
    const fetcher = await packFetcher(packInMemory(pack))
    expect(await fetcher.metadata('timestamp.json', LIMITS)).toEqual(utf8Encode('{"t":1}'))
    expect(await fetcher.target('status/1/aa.1.cwt', LIMITS)).toEqual(zeros)
    const foreign = fetcher.recognised('x')
    expect(await foreign.metadata('timestamp.json', LIMITS)).toEqual(utf8Encode('{"t":2}'))
    expect(await fetcher.metadata('root.json', LIMITS)).toBeUndefined()
    expect(pack.length).toBeLessThan(300)
    expect(isPack(pack)).toBe(true)
  })

  test('says on what it builds', () => {
    const delta = buildPack({ files, base: 7, deflate: deflateZlib })
    expect(parsePackIndex(delta, delta.length).base).toBe(7)
    expect(parsePackIndex(pack, pack.length).base).toBeUndefined()
  })

  test('reads only what is asked for', async () => {
    const read: [number, number][] = []
    const source = {
      size: pack.length,
      read: async (start: number, end: number) => {
        read.push([start, end])
        return pack.subarray(start, end)
      },
    }
    const fetcher = await packFetcher(source)
    const before = read.length
    await fetcher.metadata('timestamp.json', LIMITS)
    expect(read.length).toBe(before + 1)
    expect((read.at(-1)?.[1] ?? 0) - (read.at(-1)?.[0] ?? 0)).toBe(7)
  })

  test.for<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'pack/format'],
    ['another file', utf8Encode('%PDF-1.7 and more'), 'pack/format'],
    ['another format', Uint8Array.of(...pack.slice(0, 6), 2, ...pack.slice(7)), 'pack/format'],
    ['a head alone', pack.slice(0, 9), 'pack/truncated'],
    ['half an index', pack.slice(0, 40), 'pack/truncated'],
    ['a lost last byte', pack.slice(0, -1), 'pack/truncated'],
    ['a byte too many', Uint8Array.of(...pack, 0), 'pack/format'],
    ['an index of 4 GB', Uint8Array.of(...pack.slice(0, 7), 255, 255, 255, 255), 'pack/too-large'],
    ['no map', forgedPack([1]), 'pack/format'],
    [
      'an unknown member of the index',
      forgedPack(
        new Map<number, readonly number[]>([
          [2, []],
          [3, []],
        ]),
      ),
      'pack/format',
    ],
    ['a member twice', forgedPack(members(['a', 0, 0], ['a', 0, 0])), 'pack/format'],
    ['a path that climbs', forgedPack(members(['metadata/../x', 0, 0])), 'pack/format'],
    ['an absolute path', forgedPack(members(['/etc', 0, 0])), 'pack/format'],
    ['a backslash', forgedPack(members(['a\\b', 0, 0])), 'pack/format'],
    ['more stored than there is', forgedPack(members(['a', 1, 2])), 'pack/format'],
    ['a negative length', forgedPack(members(['a', -1, -1])), 'pack/format'],
    ['two spellings of the index', forgedPack(members()).with(11, 0xbf), 'cbor/indefinite-length'],
  ])('%s is refused', async ([, bytes, code]) => {
    expect(await codeOf(() => readPackIndex(packInMemory(bytes)))).toBe(code)
  })

  test('one that is too large is refused before it is read', async () => {
    const source = { size: MAX_PACK_BYTES + 1, read: async () => pack.slice(0, 11) }
    expect(await codeOf(() => readPackIndex(source))).toBe('pack/too-large')
  })

  test('a member is inflated no further than the index and the asker allow', async () => {
    const bomb = deflateZlib(new Uint8Array(1_000_000))
    const fetchA = async (raw: number, maxBytes: number, body: Uint8Array = bomb) => {
      const bytes = forgedPack(members(['metadata/a', raw, body.length]), body)
      const fetcher = await packFetcher(packInMemory(bytes))
      return fetcher.metadata('a', { maxBytes })
    }
    expect(await codeOf(() => fetchA(2000, 3000))).toBe('pack/member')
    expect(await codeOf(() => fetchA(2000, 1999))).toBe('trust/too-large')
    expect(await codeOf(() => fetchA(1_000_001, 9_000_000))).toBe('pack/member')
    expect(await fetchA(1_000_000, 9_000_000)).toHaveLength(1_000_000)
    const noise = Uint8Array.of(1, 2, 3)
    expect(await codeOf(() => fetchA(9, 99, noise))).toBe('pack/member')
  })
})
