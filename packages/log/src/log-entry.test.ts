import { encodeCbor, sha256 } from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  commitTo,
  digestOfSign1,
  encodeEntry,
  type LogEntry,
  parseEntry,
  readOpening,
  SALT_BYTES,
} from './log-entry.ts'

const DIGEST = sha256(Uint8Array.of(1))
const SALT = new Uint8Array(SALT_BYTES).fill(7)
const AGENCY = '11339901XYN000014M'

const ENTRIES: readonly LogEntry[] = [
  { kind: 'issuance', issuer: AGENCY, type: 'urn:food', issuedAt: 1_790_000_000, digest: DIGEST },
  { kind: 'issuance', issuer: AGENCY, type: 'urn:food', digest: DIGEST },
  { kind: 'impression', maker: AGENCY, seal: '33990100000001', issuedAt: 1, digest: DIGEST },
  { kind: 'act', act: 'licence/status', at: 2, agency: AGENCY, commitment: DIGEST },
  { kind: 'act', act: 'trust/publish', at: 3, commitment: DIGEST },
]

describe('an entry', () => {
  test.each(ENTRIES)('of kind $kind comes back', (entry) => {
    expect(parseEntry(encodeEntry(entry))).toEqual(entry)
  })

  test('the one of a licence has the shape that the issue fixes', () => {
    const [entry] = ENTRIES
    if (entry?.kind !== 'issuance') throw new TypeError('the first is an issuance')
    const bytes = encodeCbor(['issuance', AGENCY, 'urn:food', 1_790_000_000, DIGEST])
    expect(encodeEntry(entry)).toEqual(bytes)
  })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['another kind', encodeCbor(['other', 'a', 'b', 1, DIGEST])],
    ['an item more', encodeCbor(['issuance', 'a', 'b', 1, DIGEST, 1])],
    ['an item less', encodeCbor(['issuance', 'a', 'b', 1])],
    ['a short digest', encodeCbor(['issuance', 'a', 'b', 1, DIGEST.subarray(1)])],
    ['a time before 1970', encodeCbor(['issuance', 'a', 'b', -1, DIGEST])],
    ['a text for an act’s time', encodeCbor(['act', 'a', 'b', null, DIGEST])],
    ['no array', encodeCbor('issuance')],
    ['a text that is too long', encodeCbor(['issuance', 'a'.repeat(3_000), 'b', 1, DIGEST])],
  ])('with %s is log/entry', (_, bytes) => {
    expect(() => parseEntry(bytes)).toThrow('log/entry')
  })

  test('does not hang on anything but what is signed', () => {
    const sign1 = { protectedBytes: DIGEST, payload: SALT, signature: DIGEST }
    expect(digestOfSign1(sign1)).toEqual(sha256(encodeCbor([DIGEST, SALT, DIGEST])))
    expect(digestOfSign1({ ...sign1, payload: DIGEST })).not.toEqual(digestOfSign1(sign1))
  })
})

describe('a commitment', () => {
  test('is opened by its facts, and by no others', () => {
    const facts = fc.dictionary(fc.string({ maxLength: 20 }), fc.oneof(fc.string(), fc.nat()))
    fc.assert(
      fc.property(facts, (some) => {
        fc.pre(Object.keys(some).every((name) => name !== '__proto__' && name.isWellFormed()))
        fc.pre(!['constructor', 'prototype'].some((name) => Object.hasOwn(some, name)))
        const { commitment, opening } = commitTo(some, SALT)
        expect(sha256(opening)).toEqual(commitment)
        expect(Object.fromEntries(readOpening(opening))).toEqual({ ...some })
        expect(commitTo(some, SALT.with(0, 8)).commitment).not.toEqual(commitment)
      }),
    )
  })

  test.each([
    ['a short salt', encodeCbor([SALT.subarray(1), new Map()])],
    ['no facts', encodeCbor([SALT])],
    ['a fact that is neither text nor number', encodeCbor([SALT, new Map([['a', null]])])],
    ['a fact under a number', encodeCbor([SALT, new Map([[1, 'a']])])],
  ])('with %s is log/entry', (_, opening) => {
    expect(() => readOpening(opening)).toThrow('log/entry')
  })
})
