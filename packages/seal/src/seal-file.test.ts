import {
  type CborKey,
  type CborValue,
  decodeCbor,
  encodeCbor,
  isMap,
  sha256,
  utf8Encode,
} from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  IMAGE,
  impressionBytes,
  impressionFacts,
  sealBytes,
  sealFacts,
} from '../samples/sample-seals.ts'
import { IMPRESSION_ENTRY, SEAL_ENTRY, SEAL_FILE } from './labels.ts'
import {
  encodeSealFile,
  MAX_IMAGE_BYTES,
  MAX_SEAL_FILE_BYTES,
  MAX_TIMESTAMP_BYTES,
  parseSealFile,
} from './seal-file.ts'

const seal = await sealBytes()
const first = await impressionBytes(impressionFacts(seal))
const second = await impressionBytes(impressionFacts(seal, { covers: [sha256(first.cose)] }))
const plain = encodeSealFile({ seals: [seal], impressions: [first] })

describe('a .seal file', () => {
  test('gives back what was written, each impression with its seal', () => {
    const timestamp = Uint8Array.of(0x30, 0)
    const impressions = [first, { ...second, timestamp }]
    const bytes = encodeSealFile({ seals: [seal], impressions })
    const file = parseSealFile(bytes)
    expect(file.impressions.map((impression) => impression.bytes)).toEqual(impressions)
    expect(file.seals.map((filed) => filed.bytes)).toEqual([seal])
    expect(file.impressions[1]?.seal).toBe(file.seals[0])
    expect(file.impressions[0]?.digest).toEqual(sha256(first.cose))
  })

  test('may cover an impression outside that the caller names', () => {
    const content = { seals: [seal], impressions: [second] }
    expect(() => encodeSealFile(content)).toThrow(expect.objectContaining({ code: 'seal/covers' }))
    const earlier = [sha256(first.cose)]
    const bytes = encodeSealFile(content, earlier)
    expect(parseSealFile(bytes, earlier).impressions).toHaveLength(1)
    expect(() => parseSealFile(bytes)).toThrow(expect.objectContaining({ code: 'seal/covers' }))
  })

  test('holds an image of 1 MiB, not more', async () => {
    for (const more of [0, 1]) {
      const image = new Uint8Array(MAX_IMAGE_BYTES + more)
      const facts = sealFacts({ image: { ...sealFacts().image, sha256: sha256(image) } })
      const large = await sealBytes(facts, { image })
      const impressions = [await impressionBytes(impressionFacts(large))]
      const encode = () => encodeSealFile({ seals: [large], impressions })
      if (more === 0) expect(encode().length).toBeGreaterThan(MAX_IMAGE_BYTES)
      else expect(encode).toThrow(expect.objectContaining({ code: 'seal/too-large' }))
    }
  })
})

describe('a .seal file is refused', async () => {
  const other = await sealBytes(sealFacts({ id: '33990100000018' }))
  const named = { ...impressionFacts(seal).seal, id: '33990100000018' }
  const many = await Promise.all(
    Array.from({ length: 17 }, (_, at) =>
      impressionBytes(impressionFacts(seal, { approval: `a${at}` })),
    ),
  )
  test.each([
    ['no seal', { seals: [], impressions: [first] }, 'seal/format'],
    ['no impression', { seals: [seal], impressions: [] }, 'seal/format'],
    ['nine seals', { seals: Array(9).fill(seal), impressions: [first] }, 'seal/too-large'],
    ['17 impressions', { seals: [seal], impressions: many }, 'seal/too-large'],
    ['a seal twice', { seals: [seal, seal], impressions: [first] }, 'seal/format'],
    ['an impression twice', { seals: [seal], impressions: [first, first] }, 'seal/format'],
    ['a seal that nobody used', { seals: [seal, other], impressions: [first] }, 'seal/format'],
    ['another seal than that used', { seals: [other], impressions: [first] }, 'seal/missing'],
    [
      'a seal under the name of another',
      {
        seals: [seal],
        impressions: [await impressionBytes(impressionFacts(seal, { seal: named }))],
      },
      'seal/missing',
    ],
    [
      'another image',
      { seals: [{ ...seal, image: utf8Encode('<svg/>') }], impressions: [first] },
      'seal/image-mismatch',
    ],
    ['a later one covered', { seals: [seal], impressions: [second, first] }, 'seal/covers'],
    [
      'an empty image',
      { seals: [{ ...seal, image: new Uint8Array() }], impressions: [first] },
      'seal/format',
    ],
    [
      'a time-stamp too large',
      {
        seals: [seal],
        impressions: [{ ...first, timestamp: new Uint8Array(MAX_TIMESTAMP_BYTES + 1) }],
      },
      'seal/too-large',
    ],
    [
      'a seal as impression',
      { seals: [seal], impressions: [{ cose: seal.cose, jws: first.jws }] },
      'seal/wrong-type',
    ],
  ])('with %s', (_name, content, code) => {
    expect(() => encodeSealFile(content)).toThrow(expect.objectContaining({ code }))
  })

  test.each<readonly [string, CborValue, string]>([
    ['another version', changed(SEAL_FILE.version, 2), 'seal/format'],
    ['a further member', changed(9, 1), 'seal/format'],
    ['seals of text', changed(SEAL_FILE.seals, 'x'), 'seal/format'],
    ['a seal of text', changed(SEAL_FILE.seals, ['x']), 'seal/format'],
    ['a seal with more in it', entryWith(SEAL_FILE.seals, 9, 1), 'seal/format'],
    ['an image of text', entryWith(SEAL_FILE.seals, SEAL_ENTRY.image, 'x'), 'seal/format'],
    ['a JWS of bytes', entryWith(SEAL_FILE.seals, SEAL_ENTRY.jws, IMAGE), 'seal/format'],
    ['an impression of text', changed(SEAL_FILE.impressions, ['x']), 'seal/format'],
    ['more in an impression', entryWith(SEAL_FILE.impressions, 9, 1), 'seal/format'],
    [
      'a time-stamp of text',
      entryWith(SEAL_FILE.impressions, IMPRESSION_ENTRY.timestamp, 'x'),
      'seal/format',
    ],
    ['no map', [1], 'seal/format'],
    ['a deep nest', changed(SEAL_FILE.seals, [[[[1]]]]), 'cbor/too-deep'],
    ['many items', changed(SEAL_FILE.seals, Array(300).fill(1)), 'cbor/limit'],
  ])('with %s in its CBOR', (_name, value, code) => {
    expect(() => parseSealFile(encodeCbor(value))).toThrow(expect.objectContaining({ code }))
  })

  test('when it is too large, or cut', () => {
    const large = new Uint8Array(MAX_SEAL_FILE_BYTES + 1)
    expect(() => parseSealFile(large)).toThrow(expect.objectContaining({ code: 'seal/too-large' }))
    for (let length = 0; length < plain.length; length++) {
      expect(() => parseSealFile(plain.subarray(0, length))).toThrow(
        expect.objectContaining({ name: 'Fault' }),
      )
    }
  })

  test('with a Fault, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => parseSealFile(bytes)).toThrow(expect.objectContaining({ name: 'Fault' }))
      }),
    )
  })

  test('what is accepted is written back as it was', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: plain.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, mask) => {
          const bytes = plain.slice()
          bytes[at] = (bytes[at] ?? 0) ^ mask
          const file = parseOrNothing(bytes)
          if (file === undefined) return
          const seals = file.seals.map((filed) => filed.bytes)
          const impressions = file.impressions.map((filed) => filed.bytes)
          expect(encodeSealFile({ seals, impressions })).toEqual(bytes)
        },
      ),
    )
  })
})

function parseOrNothing(bytes: Uint8Array) {
  try {
    return parseSealFile(bytes)
  } catch {
    return undefined
  }
}

function changed(key: number, value: CborValue): Map<CborKey, CborValue> {
  const map = decodeCbor(plain)
  if (!isMap(map)) throw new TypeError('no map')
  return new Map(map).set(key, value)
}

function entryWith(list: number, key: number, value: CborValue): CborValue {
  const entries = changed(0, 0).get(list)
  const entry = Array.isArray(entries) ? entries[0] : undefined
  if (!isMap(entry)) throw new TypeError('no entry')
  return changed(list, [new Map(entry).set(key, value)])
}
