/** Properties of the CBOR pair on any value and any bytes, with cbor-x as an oracle. */
import { Decoder, Encoder } from 'cbor-x/index-no-eval'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex } from './bytes.ts'
import { decodeCbor } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import {
  CborFloat,
  type CborKey,
  CborTag,
  type CborValue,
  isArray,
  isMap,
  REDACTED_KEYS,
} from './cbor-value.ts'
import { Fault } from './errors.ts'
import { isForbiddenName } from './forbidden-names.ts'

const limits = { redactedKeys: true, tags: [18, 60], maxDepth: 32 }

const integer = fc.oneof(fc.integer(), fc.maxSafeInteger()).map((value) => value + 0)
const text = fc.string({ unit: 'binary', maxLength: 60 })
const key: fc.Arbitrary<CborKey> = fc.oneof(
  integer,
  text.filter((name) => !isForbiddenName(name)),
  fc.constant(REDACTED_KEYS),
)
const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    integer,
    text,
    fc.uint8Array({ maxLength: 300 }),
    fc.boolean(),
    fc.constant(null),
    fc.oneof(fc.double(), fc.float()).map((number) => new CborFloat(number)),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.array(fc.tuple(key, tie('value'))).map((entries) => new Map(entries)),
    tie('value').map((item) => new CborTag(60, item)),
  ),
}))

describe('CBOR properties', () => {
  test('decode after encode is identity', () => {
    fc.assert(
      fc.property(value, (item) => {
        expect(decodeCbor(encodeCbor(item), limits)).toEqual(item)
      }),
      { numRuns: 500 },
    )
  })

  test('accepted bytes re-encode to themselves, and whatever else comes is a fault', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.tuple(value, fc.nat(), fc.nat(255)).map(([item, at, byte]) => {
        const encoded = encodeCbor(item)
        encoded[at % encoded.length] = byte
        return encoded
      }),
    )
    fc.assert(fc.property(bytes, assertStrict), { numRuns: 3_000 })
  })

  test('all items of up to two bytes, and all heads before three kinds of rest', () => {
    for (let first = 0; first < 256; first++) {
      assertStrict(Uint8Array.of(first))
      for (let second = 0; second < 256; second++) {
        assertStrict(Uint8Array.of(first, second))
        for (const rest of ['00', '60ff', '0000000000000000', 'ffffffffffffffff']) {
          assertStrict(concatBytes(Uint8Array.of(first, second), fromHex(rest)))
        }
      }
    }
  })

  test('CB16: every truncation is refused, every bit flip is refused or another value', () => {
    const bytes = encodeCbor(sample)
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCbor(bytes.subarray(0, length), limits)).toThrow(Fault)
    }
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      assertStrict(flipped)
    }
  })

  test('cbor-x reads the same from what we write', () => {
    const decoder = new Decoder({ mapsAsObjects: false })
    fc.assert(
      fc.property(value, (item) => {
        fc.pre(isKnownToOracle(item))
        expect(bare(decodeCbor(encodeCbor(item), limits))).toEqual(
          bare(decoder.decode(encodeCbor(item))),
        )
      }),
    )
  })

  test('we read the same from what cbor-x writes, where it is deterministic', () => {
    const encoder = new Encoder({ tagUint8Array: false, useRecords: false })
    const simple = fc.oneof(fc.integer(), text, fc.uint8Array(), fc.boolean(), fc.constant(null))
    fc.assert(
      fc.property(fc.array(simple, { maxLength: 30 }), (items) => {
        expect(decodeCbor(encoder.encode(items))).toEqual(items)
      }),
    )
  })
})

const sample: CborValue = new Map<CborKey, CborValue>([
  [1, '113300000000000000'],
  [4, 1_800_000_000],
  [
    8,
    new Map([
      [
        1,
        new Map<CborKey, CborValue>([
          [1, 1],
          [-1, 6],
          [-2, new Uint8Array(32).fill(7)],
        ]),
      ],
    ]),
  ],
  [
    65_535,
    new Map([
      [
        'status_list',
        new Map<CborKey, CborValue>([
          ['idx', 70_000],
          ['uri', 'https://s.example/1'],
        ]),
      ],
    ]),
  ],
  [
    -65_537,
    new Map<CborKey, CborValue>([
      [6, '样例餐馆'],
      [7, true],
      [REDACTED_KEYS, [new Uint8Array(32)]],
    ]),
  ],
])

function assertStrict(bytes: Uint8Array): void {
  let decoded: CborValue
  try {
    decoded = decodeCbor(bytes, limits)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return
  }
  if (Buffer.compare(encodeCbor(decoded), bytes) !== 0) expect(encodeCbor(decoded)).toEqual(bytes)
}

/** cbor-x acts on tags, and on simple values as keys. */
function isKnownToOracle(item: CborValue): boolean {
  if (item instanceof CborTag) return false
  if (isArray(item)) return item.every(isKnownToOracle)
  if (!isMap(item)) return true
  return [...item].every(([name, entry]) => name !== REDACTED_KEYS && isKnownToOracle(entry))
}

/** A value as both make it: floats as numbers, and so the integers of eight bytes of cbor-x. */
function bare(item: unknown): unknown {
  if (item instanceof CborFloat) return item.value
  if (typeof item === 'bigint') return Number(item)
  if (Array.isArray(item)) return item.map(bare)
  if (item instanceof Map)
    return new Map([...item].map((entry) => [bare(entry[0]), bare(entry[1])]))
  return item
}
