import {
  identityOfChen,
  propertyOfZhao,
  sampleLicences,
  seniorZhao,
  studentWu,
} from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { codeOf, typeOf } from '../samples/testkit.ts'
import {
  assertFacts,
  type ClaimValue,
  isPlainText,
  type LicenceFacts,
  readClaims,
} from './licence-claims.ts'
import type { ClaimDefinition, TypeDefinition } from './type-definition.ts'

const type = typeOf(identityOfChen)
const { facts } = identityOfChen
const withClaims = (changed: Record<string, ClaimValue | undefined>): LicenceFacts =>
  ({ ...facts, claims: { ...facts.claims, ...changed } }) as LicenceFacts

describe('facts', () => {
  const all = [...sampleLicences, propertyOfZhao, studentWu, seniorZhao]
  test.each(all)('$holder $typeCode fit their type', async (sample) => {
    expect(await codeOf(() => assertFacts(typeOf(sample), sample.facts))).toBe('none')
  })

  test.each<[string, LicenceFacts, string]>([
    [
      'an ID number with a wrong check',
      withClaims({ idNumber: '339999190101010011' }),
      'claim/format',
    ],
    ['a code that is not listed', withClaims({ sex: '3' }), 'claim/format'],
    ['a day that is not there', withClaims({ birthDate: '1901-02-29' }), 'claim/format'],
    ['a number for a text', withClaims({ name: 5 }), 'claim/format'],
    ['an empty text', withClaims({ name: '' }), 'claim/format'],
    ['a text over its bytes', withClaims({ name: '陈'.repeat(21) }), 'claim/format'],
    ['a line break', withClaims({ name: '陈\n样例' }), 'claim/format'],
    ['a right-to-left override', withClaims({ name: '陈\u202e样例' }), 'claim/format'],
    ['an isolate', withClaims({ name: '陈\u2066样例' }), 'claim/format'],
    ['a zero-width space', withClaims({ name: '陈\u200b样例' }), 'claim/format'],
    ['a byte order mark', withClaims({ name: '\ufeff陈样例' }), 'claim/format'],
    ['a lone surrogate', withClaims({ name: '陈\ud800' }), 'claim/format'],
    ['a text that is not NFC', withClaims({ name: 'Chén'.normalize('NFD') }), 'claim/format'],
    ['no name', withClaims({ name: undefined }), 'claim/missing'],
    ['a claim of another type', withClaims({ premises: 'x' }), 'claim/unknown'],
    ['a claim named like an inherited member', withClaims({ toString: 'x' }), 'claim/unknown'],
    ['a serial in lower case', { ...facts, serial: 'jy1' }, 'claim/format'],
    ['a serial of 33', { ...facts, serial: 'A'.repeat(33) }, 'claim/format'],
    ['version 0', { ...facts, version: 0 }, 'claim/format'],
    ['an end before its beginning', { ...facts, validTo: '2020-05-05' }, 'claim/format'],
    ['a beginning that is no day', { ...facts, validFrom: '2020-5-6' }, 'claim/format'],
  ])('%s', async (_name, changed, code) => {
    expect(await codeOf(() => assertFacts(type, changed))).toBe(code)
  })

  test('the message names the claim, never its value', () => {
    expect(() => assertFacts(type, withClaims({ name: '陈\n样例' }))).toThrow(/^name is not of/)
    expect(() => assertFacts(type, withClaims({ name: undefined }))).toThrow(/^name is missing$/)
    expect(() => assertFacts(type, withClaims({ premises: 'x' }))).toThrow(/^claim\/unknown$/)
  })

  test('rare characters outside the basic plane and Latin names are fine', () => {
    for (const name of ['陈\u{20bb7}', 'Chén Yàng', 'Нур-Султан']) {
      assertFacts(type, withClaims({ name }))
    }
  })
})

describe('reading', () => {
  test('by key and by name alike, in the order of the definition', () => {
    const byKey = readClaims(
      type,
      new Map<number, ClaimValue>([
        [10, -25202],
        [6, '陈样例'],
        [8, '1'],
      ]),
    )
    const byName = readClaims(
      type,
      new Map([
        ['sex', '1'],
        ['birthDate', '1901-01-01'],
        ['name', '陈样例'],
      ]),
    )
    expect(byKey).toEqual(byName)
    expect(byKey.map((claim) => claim.text['zh-CN'])).toEqual(['陈样例', '男', '1901年1月1日'])
    expect(byKey.map((claim) => claim.text.en)).toEqual(['陈样例', 'Male', '1 January 1901'])
    expect(byKey.map((claim) => claim.element)).toEqual(['CZZT', 'KZ_XB', 'KZ_CSRQ'])
  })

  test.each<[string, string | number, unknown, string]>([
    ['an unknown key', 200, 'x', 'claim/unknown'],
    ['an unknown name', 'nobody', 'x', 'claim/unknown'],
    ['a key as text', '6', '陈样例', 'claim/unknown'],
    ['a day as text in CBOR', 10, '1901-01-01', 'claim/format'],
    ['a day as number in JSON', 'birthDate', -25202, 'claim/format'],
    ['bytes', 6, new Uint8Array([0x61]), 'claim/format'],
    ['an object', 'name', { a: 1 }, 'claim/format'],
    ['null', 'name', null, 'claim/format'],
    ['a number', 6, 6, 'claim/format'],
    ['a name of 5,000 characters (QR07)', 6, '样'.repeat(5000), 'claim/format'],
    ['a right-to-left override (QR07)', 'name', 'a\u202eb', 'claim/format'],
  ])('%s', async (_name, key, value, code) => {
    const raw = new Map([[key, value as ClaimValue]])
    expect(await codeOf(() => readClaims(type, raw))).toBe(code)
  })

  test('HTML is a text like any other', () => {
    const [claim] = readClaims(type, new Map([['name', '<b>陈</b>']]))
    expect(claim?.value).toBe('<b>陈</b>')
  })

  test('integers', async () => {
    const first = type.claims[0]
    if (first === undefined) throw new TypeError('no claim')
    const floors: ClaimDefinition = { ...first, name: 'floors', key: 20, format: 'integer' }
    const counting: TypeDefinition = { ...type, claims: [floors] }
    expect(readClaims(counting, new Map([[20, 3]]))[0]?.text.en).toBe('3')
    expect(await codeOf(() => readClaims(counting, new Map([['floors', 3.5]])))).toBe(
      'claim/format',
    )
  })
})

test('plain text', () => {
  expect(isPlainText('办理食品经营许可')).toBe(true)
  expect(isPlainText('a\u0000')).toBe(false)
  expect(isPlainText('a\u2028')).toBe(false)
  for (const unseen of ['\u034f', '\u1160', '\u3164', '\ufff9', '\uffa0', '\u{e0041}', '\uffff']) {
    expect(isPlainText(`陈${unseen}样例`)).toBe(false)
  }
  // The variant of a Han character, and a name in Mongolian.
  expect(isPlainText('葛\u{e0100}')).toBe(true)
  expect(isPlainText('\u1828\u180e\u1820')).toBe(true)
})

test('every character of the basic plane is plain as the tables of Unicode have it, beside others too', () => {
  const unseen =
    /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Cs}\u2028\u2029]/u
  const exempt = /[\p{Variation_Selector}\u180e]/u
  for (let unit = 1; unit <= 0xffff; unit++) {
    const text = `、${String.fromCharCode(unit)}）`
    const isSeen = exempt.test(text) || !unseen.test(text)
    expect(isPlainText(text), unit.toString(16)).toBe(isSeen && text.normalize('NFC') === text)
  }
})

test('plain text has an end: normalising a run of combining marks takes the square of its length', () => {
  expect(isPlainText('a'.repeat(4096))).toBe(true)
  expect(isPlainText('a'.repeat(4097))).toBe(false)
  const start = performance.now()
  expect(isPlainText(`a${'\u0301\u0323'.repeat(15_000)}`)).toBe(false)
  expect(performance.now() - start).toBeLessThan(50)
})
