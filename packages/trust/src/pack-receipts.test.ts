import { type CborValue, encodeCbor, Fault } from '@onetrip/codec'
import { deflateZlib } from '@onetrip/status'
import { describe, expect, test } from 'vitest'
import { follow, INITIAL_ROOT, kept } from '../samples/followed-repository.ts'
import { packOfMembers } from '../samples/forged-pack.ts'
import { exportPack } from './export-pack.ts'
import { packInMemory, parsePackIndex } from './pack.ts'
import { packFetcher } from './pack-fetcher.ts'
import { MAX_PACK_RECEIPTS, readPackReceipts, withPackReceipts } from './pack-receipts.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

const leafOf = (at: number): Uint8Array => Uint8Array.of(at >> 8, at & 255, ...new Uint8Array(30))
const receipts = [1, 2, 3].map((at) => ({
  leaf: leafOf(at),
  receipt: new Uint8Array(900).fill(at),
}))

async function plainPack(): Promise<Uint8Array> {
  return exportPack({ store: await kept(), initialRoot: INITIAL_ROOT })
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

describe('receipts in a pack', () => {
  test('are read as they were put in, each by itself, and its trust data are what they were', async () => {
    const plain = await plainPack()
    const pack = withPackReceipts(plain, receipts, deflateZlib)
    const read = await readPackReceipts(packInMemory(pack))
    expect(read).toEqual(receipts)
    expect(read.map(({ receipt }) => receipt.buffer.byteLength)).toEqual([900, 900, 900])
    expect(pack.length - plain.length).toBeLessThan(300)
    const trust = await follow(memoryTufStore(), await packFetcher(packInMemory(pack)))
    expect(trust).toMatchObject({ version: 1, faults: [] })
  })

  test('may be none', async () => {
    expect(await readPackReceipts(packInMemory(await plainPack()))).toEqual([])
  })

  test('stand in a pack on a base as well', async () => {
    const base = { version: 1, has: (path: string) => path.startsWith('targets/') }
    const delta = await exportPack({ store: await kept(), initialRoot: INITIAL_ROOT, base })
    const pack = withPackReceipts(delta, receipts, deflateZlib)
    expect(parsePackIndex(pack, pack.length).base).toBe(1)
    expect(await readPackReceipts(packInMemory(pack))).toEqual(receipts)
  })

  test('are ten thousand at most', async () => {
    const many = Array.from({ length: MAX_PACK_RECEIPTS + 1 }, (_, at) => ({
      leaf: leafOf(at),
      receipt: Uint8Array.of(0),
    }))
    const plain = await plainPack()
    expect(await codeOf(() => withPackReceipts(plain, many, deflateZlib))).toBe('pack/too-large')
    const most = withPackReceipts(plain, many.slice(1), deflateZlib)
    expect(await readPackReceipts(packInMemory(most))).toHaveLength(MAX_PACK_RECEIPTS)
    const rows = many.map(({ leaf, receipt }) => [leaf, receipt])
    expect(await codeOf(() => readPackReceipts(forged(encodeCbor(rows))))).toBe('pack/member')
  })

  const leaf = leafOf(1)
  const receipt = new Uint8Array(4_096)
  test.for<[string, Uint8Array | CborValue]>([
    ['no CBOR', new Uint8Array([0xff])],
    ['no array', new Map([[1, []]])],
    ['a hash of 31 bytes', [[leaf.subarray(1), receipt]]],
    ['a hash of 33 bytes', [[new Uint8Array(33), receipt]]],
    ['a receipt that no verifier reads', [[leaf, new Uint8Array(4_097)]]],
    ['a hash alone', [[leaf]]],
    ['one thing more', [[leaf, receipt, receipt]]],
    ['text for a receipt', [[leaf, 'receipt']]],
    ['a number for all of it', [7]],
    [
      'a hash twice',
      [
        [leaf, receipt],
        [leaf, receipt],
      ],
    ],
  ])('%s are none', async ([, content]) => {
    const bytes = content instanceof Uint8Array ? content : encodeCbor(content)
    expect(await codeOf(() => readPackReceipts(forged(bytes)))).toBe('pack/member')
  })

  test('that would inflate beyond what a pack may bring are not inflated', async () => {
    const rawBytes = 16_777_217
    const member = { path: 'receipts.cbor', rawBytes, body: deflateZlib(new Uint8Array(rawBytes)) }
    const source = packInMemory(packOfMembers([member]))
    expect(await codeOf(() => readPackReceipts(source))).toBe('trust/too-large')
  })
})

function forged(body: Uint8Array) {
  return packInMemory(packOfMembers([{ path: 'receipts.cbor', rawBytes: body.length, body }]))
}
