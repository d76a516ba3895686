import {
  type CborKey,
  type CborValue,
  decodeCodeText,
  decodeSign1,
  encodeSign1,
  type Signer,
  sha256,
  utf8Encode,
} from '@onetrip/codec'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import {
  encodeEntry,
  leafHash,
  MAX_RECEIPT_BYTES,
  openReceipt,
  rangesOfInclusion,
  rootOfInclusion,
  signReceipt,
  verifierKey,
} from '@onetrip/log'
import { beforeAll, describe, expect, test } from 'vitest'
import { codeOf, issueInput, issueSdCwt, issueSdJwt, NOW, newKeys } from '../samples/testkit.ts'
import { makeDelegation } from './delegation.ts'
import { issuanceEntry } from './issuance-entry.ts'
import { leafOf, receiptsIn, withReceipts } from './log-receipts.ts'
import { makeCopy, presentLive, presentRequested } from './present.ts'
import { parsePresentation } from './presentation.ts'
import { parseSdCwt } from './sd-cwt.ts'

const keys = newKeys('Ed25519')
const input = issueInput(foodLicenceOfSample, keys)
const log: Signer = newKeys('Ed25519').issuer
const ORIGIN = 'log.onetrip.example/record'

let credential: Uint8Array

beforeAll(async () => {
  credential = await issueSdCwt(input, keys.issuer)
})

/** A receipt for the leaf as a log of `size` entries gives it, whose other hashes are invented. */
async function receiptOf(leaf: Uint8Array, size = 3, index = size - 2): Promise<Uint8Array> {
  const path = rangesOfInclusion(index, size).map(({ start }) => sha256(utf8Encode(`${start}`)))
  const proof = { index, size, path }
  return signReceipt({ proof, root: rootOfInclusion(leaf, proof), log: ORIGIN, signer: log })
}

const shown = () => ({
  credential,
  type: input.type,
  disclose: ['items'],
  now: NOW,
  signer: keys.holder,
})

describe('receipts', () => {
  const one = utf8Encode('a receipt')
  const two = utf8Encode('another')

  test('stand with a credential and change nothing that is signed, nor its entry', async () => {
    const carrying = withReceipts(credential, [one, two])
    expect(receiptsIn(decodeSign1(carrying))).toEqual([one, two])
    expect(withReceipts(carrying, [])).toEqual(credential)
    expect(receiptsIn(decodeSign1(credential))).toEqual([])
    const [before, after] = [parseSdCwt(credential), parseSdCwt(carrying)]
    expect(after.disclosures).toEqual(before.disclosures)
    expect(leafOf(after)).toEqual(leafOf(before))
    expect(leafOf(after)).toEqual(leafHash(encodeEntry(issuanceEntry(before))))
  })

  test('go with each way of showing where they are given, and never of themselves', async () => {
    const carrying = withReceipts(credential, [two])
    const given = { ...shown(), credential: carrying, receipts: [one] }
    const delegate = `key:${'A'.repeat(43)}`
    const ways = async (of: Omit<typeof given, 'receipts'>): Promise<readonly Uint8Array[]> => [
      decodeCodeText(await presentLive(of)),
      await presentRequested({ ...of, audience: 'x', nonce: new Uint8Array(16) }),
      decodeCodeText(
        await makeCopy({ ...of, recipient: { name: 'x' }, purpose: 'x', endDay: '2026-11-30' }),
      ),
      await makeDelegation({ ...of, delegate, matter: 'open-restaurant', endDay: '2026-11-30' }),
    ]
    for (const bytes of await ways(given)) {
      const presentation = parsePresentation(bytes)
      expect(presentation.receipts).toEqual([one])
      expect(presentation.leaf()).toEqual(leafOf(parseSdCwt(credential)))
      await presentation.keyBinding?.verify(keys.holder.publicKey)
    }
    for (const bytes of await ways({ ...shown(), credential: carrying })) {
      expect(parsePresentation(bytes).receipts).toEqual([])
    }
  })

  test('are none in JSON, whose entry is its own', async () => {
    const es = newKeys('ES256')
    const jsonInput = issueInput(foodLicenceOfSample, es)
    const presentation = parsePresentation(await issueSdJwt(jsonInput, es.issuer))
    expect(presentation.receipts).toEqual([])
    expect(presentation.leaf()).not.toEqual(leafOf(parseSdCwt(credential)))
  })

  const three = [one, two, one]
  const long = new Uint8Array(MAX_RECEIPT_BYTES + 1)
  test.each<[string, CborValue]>([
    ['three', three],
    ['none in a list', []],
    ['one that is no list', one],
    ['a text', ['receipt']],
    ['one that is too long', [long]],
  ])('%s: credential/format', async (_name, value) => {
    const header = new Map<CborKey, CborValue>([[394, value]])
    const bytes = encodeSign1({ ...decodeSign1(credential), unprotectedHeader: header })
    expect(await codeOf(() => parsePresentation(bytes))).toBe('credential/format')
  })

  test('that no verifier would take are a fault of the caller', async () => {
    expect(() => withReceipts(credential, three)).toThrow(TypeError)
    await expect(presentLive({ ...shown(), receipts: [long] })).rejects.toThrow(TypeError)
    const bound = { ...shown(), audience: 'x', nonce: new Uint8Array(16), receipts: three }
    await expect(presentRequested(bound)).rejects.toThrow(TypeError)
  })
})

// ARCHITECTURE §7 tells these.
test.each([
  [1_000_000, 821, 1_609],
  [100_000_000, 1_060, 1_848],
])(
  'a receipt of a log of %d entries is %d bytes, and with it a live code has %d, in four parts',
  async (size, bytes, codeBytes) => {
    const leaf = leafOf(parseSdCwt(credential))
    const receipt = await receiptOf(leaf, size, Math.floor(size / 3))
    expect(receipt.length).toBe(bytes)
    await openReceipt(receipt, leaf, verifierKey(ORIGIN, 'note', log.publicKey))
    const text = await presentLive({ ...shown(), receipts: [receipt] })
    expect(decodeCodeText(text).length).toBe(codeBytes)
    expect(text.split('\n').length).toBe(4)
  },
)
