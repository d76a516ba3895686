import {
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  encodeCbor,
  REDACTED_KEYS,
  sha256,
} from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { codeOf, seededRandom } from '../samples/testkit.ts'
import {
  cborDisclosureDigest,
  encodeCborDisclosure,
  openCborDisclosures,
} from './cbor-disclosures.ts'

const random = seededRandom('cbor')
const entry = (value: CborValue, key: CborKey): Uint8Array =>
  encodeCborDisclosure(random(16), value, key)
const element = (value: CborValue): Uint8Array => encodeCbor([random(16), value])
const digest = cborDisclosureDigest
const map = (...entries: [CborKey, CborValue][]): CborMap => new Map(entries)
const redacted = (...digests: Uint8Array[]): CborMap => map([REDACTED_KEYS, digests])
const unknown = new Uint8Array(32).fill(7)

test.each([0, 1, 200, 260, 70_000])('the digest covers the head, %i bytes of text', (length) => {
  const disclosure = entry('x'.repeat(length), 6)
  expect(digest(disclosure)).toEqual(sha256(encodeCbor(disclosure)))
})

describe('what is opened', () => {
  test('entries, elements, decoys and nested redactions', () => {
    const street = entry('样例路18号', 'street')
    const address = entry(map(['city', '虚构市'], [REDACTED_KEYS, [digest(street)]]), 7)
    const second = element('CN')
    const decoy = encodeCbor([random(16)])
    const payload = map(
      [6, [1, new CborTag(60, digest(second)), new CborTag(60, unknown)]],
      [REDACTED_KEYS, [digest(address), digest(decoy)]],
    )
    const opened = openCborDisclosures(payload, [street, second, address, decoy])
    expect(opened.claims).toEqual(
      map([6, [1, 'CN']], [7, map(['city', '虚构市'], ['street', '样例路18号'])]),
    )
    expect(opened.hiddenCount).toBe(1)
  })
})

describe('what is refused: cases SD for SD-CWT', () => {
  const name = entry('陈样例', 6)
  const one = (bytes: Uint8Array): [CborMap, Uint8Array[]] => [redacted(digest(bytes)), [bytes]]

  test.each<[string, string, readonly [CborMap, readonly Uint8Array[]]]>([
    ['SD01 a disclosure twice', 'sd-cwt/duplicate-digest', [redacted(digest(name)), [name, name]]],
    [
      'SD01 a digest twice',
      'sd-cwt/duplicate-digest',
      [redacted(digest(name), digest(name)), [name]],
    ],
    [
      'SD01 a digest twice, on two levels, hidden',
      'sd-cwt/duplicate-digest',
      [map([1, redacted(unknown)], [REDACTED_KEYS, [unknown]]), []],
    ],
    ['SD02 unreferenced', 'sd-cwt/unreferenced-disclosure', [redacted(unknown), [name]]],
    [
      'SD03 there already',
      'sd-cwt/claim-key',
      [map([6, 1], [REDACTED_KEYS, [digest(name)]]), [name]],
    ],
    [
      'SD03 two of one key',
      'sd-cwt/claim-key',
      (() => {
        const other = entry('林测试', 6)
        return [redacted(digest(name), digest(other)), [name, other]]
      })(),
    ],
    ['SD03 a key that is no key', 'sd-cwt/claim-key', one(encodeCbor([random(16), 1, true]))],
    [
      'an entry where an element belongs',
      'sd-cwt/disclosure',
      [map([1, [new CborTag(60, digest(name))]]), [name]],
    ],
    ['an element where an entry belongs', 'sd-cwt/disclosure', one(element('x'))],
    ['tag 60 outside an array', 'sd-cwt/disclosure', [map([1, new CborTag(60, unknown)]), []]],
    ['digests that are no array', 'sd-cwt/disclosure', [map([REDACTED_KEYS, unknown]), []]],
    ['a digest of 31 bytes', 'sd-cwt/disclosure', [redacted(unknown.subarray(1)), []]],
    ['a digest that is no byte string', 'sd-cwt/disclosure', [map([REDACTED_KEYS, ['x']]), []]],
    ['a salt of 15 bytes', 'sd-cwt/disclosure', one(encodeCbor([random(15), 1, 6]))],
    ['four parts', 'sd-cwt/disclosure', one(encodeCbor([random(16), 1, 6, 7]))],
    ['no parts', 'sd-cwt/disclosure', one(encodeCbor([]))],
    ['a map', 'sd-cwt/disclosure', one(encodeCbor(map([1, 2])))],
    ['a truncated one', 'cbor/truncated', one(name.subarray(0, -1))],
    ['bytes after it', 'cbor/trailing-bytes', one(new Uint8Array([...name, 0]))],
    ['an unlisted tag inside', 'cbor/tag-not-allowed', one(entry(new CborTag(61, 1), 6))],
  ])('%s', async (_name, code, [payload, encoded]) => {
    expect(await codeOf(() => openCborDisclosures(payload, encoded))).toBe(code)
  })

  test.each([20, 10_000])('SD05: a chain of %i disclosures', async (length) => {
    let inner = entry('end', 6)
    const encoded = [inner]
    for (let i = 1; i < length; i++) {
      inner = entry(redacted(digest(inner)), 6)
      encoded.push(inner)
    }
    expect(await codeOf(() => openCborDisclosures(redacted(digest(inner)), encoded))).toBe(
      'sd-cwt/limit',
    )
  })
})
