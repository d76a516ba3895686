/** Receipts under one signed root; what is refused stands in the vectors. */
import { equalBytes, utf8Encode } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { sampleLog } from '../../../server/testing/sample-log.ts'
import { leafHash, nodeHash } from './hashing.ts'
import { openReceipt, readReceipt, receiptBeside, signReceipt } from './receipt.ts'
import { proveInclusion, type ReadNode } from './tree.ts'

const ENTRIES = ['a', 'b', 'c', 'd', 'e'].map((text) => utf8Encode(text))
const SIZE = ENTRIES.length
const log = sampleLog({ name: 'log.example/log', entries: ENTRIES })
const leaves = ENTRIES.map(leafHash)

const read: ReadNode = ({ level, index }) => {
  if (level === 0) return leaves[index] ?? new Uint8Array(0)
  const below = { level: level - 1, index: 2 * index }
  return nodeHash(read(below), read({ ...below, index: below.index + 1 }))
}

test('the receipt beside another is the one that the log would have signed', async () => {
  const { signer, key } = log
  const root = log.root(SIZE)
  const signed = (index: number) =>
    signReceipt({ proof: proveInclusion(index, SIZE, read), root, log: key.name, signer })
  const model = readReceipt(await signed(1))
  for (const [index, leaf] of leaves.entries()) {
    const beside = receiptBeside(model, proveInclusion(index, SIZE, read))
    expect(equalBytes(beside, await signed(index))).toBe(true)
    expect(await openReceipt(beside, leaf, key)).toEqual(root)
  }
  const other = receiptBeside(model, proveInclusion(0, SIZE, read))
  await expect(openReceipt(other, leaves[1] ?? root, key)).rejects.toMatchObject({
    code: 'signature/invalid',
  })
})
