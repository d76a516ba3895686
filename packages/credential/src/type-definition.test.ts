import type { JsonObject, JsonValue } from '@onetrip/codec'
import { licenceTypes } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../samples/testkit.ts'
import { isTypeCode } from './licence-identifier.ts'
import { parseTypeDefinition } from './type-definition.ts'

const food = licenceTypes[2] as unknown as Sample

interface Sample extends JsonObject {
  readonly claims: readonly JsonObject[]
  readonly onetrip: JsonObject
}

describe('sample types', () => {
  test.each(licenceTypes.map((json) => parseTypeDefinition(json)))('$typeCode', (type) => {
    expect(isTypeCode(type.typeCode)).toBe(true)
    const texts = type.claims.filter((claim) => claim.format !== 'glyphs')
    expect(texts.filter((claim) => claim.sd === 'allowed').length).toBe(8)
    expect(type.claims.every((claim) => claim.key < 24)).toBe(true)
    expect(texts.every((claim) => claim.groups.length > 0)).toBe(true)
  })

  test('names and number of an enterprise are never redacted; what is personal always can be', () => {
    for (const type of licenceTypes.map((json) => parseTypeDefinition(json))) {
      const open = type.claims.filter((claim) => claim.sd === 'never').map((claim) => claim.name)
      expect(open).toEqual(type.about === 'organisation' ? ['name', 'uscc'] : [])
    }
  })

  test('unknown members are left alone', () => {
    const type = parseTypeDefinition({ ...food, extra: 1, onetrip: { ...food.onetrip, extra: 1 } })
    expect(type.claims.length).toBe(10)
  })

  test('a receipt is required where the definition says so', () => {
    const required = { ...food, onetrip: { ...food.onetrip, receipt: 'required' } }
    expect(parseTypeDefinition(required).receiptRequired).toBe(true)
    expect(parseTypeDefinition(food).receiptRequired).toBe(false)
  })
})

describe('definitions that are refused', () => {
  const claim = food.claims[2] ?? {}
  const withClaim = (changed: JsonObject): JsonValue => ({
    ...food,
    claims: [...food.claims.slice(0, 2), { ...claim, ...changed }],
  })
  const withExtension = (changed: JsonObject): JsonValue => ({
    ...food,
    onetrip: { ...food.onetrip, ...changed },
  })
  const withClaimExtension = (changed: JsonObject): JsonValue =>
    withClaim({ onetrip: { ...(claim['onetrip'] as JsonObject), ...changed } })

  test.each<[string, JsonValue]>([
    ['not an object', []],
    ['vct of another version', { ...food, vct: String(food['vct']).replace(/1$/, '2') }],
    ['no claims', { ...food, claims: [] }],
    ['a type code with a wrong check', withExtension({ typeCode: '1110000099XYN9907H038' })],
    ['version 0', withExtension({ version: 0 })],
    ['about nobody', withExtension({ about: 'animal' })],
    ['a holder claim that is not there', withExtension({ holder: { name: 'nobody' } })],
    ['hue 360', withExtension({ hue: 360 })],
    ['a receipt that is neither required nor left open', withExtension({ receipt: 'optional' })],
    [
      'unusable before stale',
      withExtension({ freshness: { staleAfterSeconds: 9, unusableAfterSeconds: 8 } }),
    ],
    ['no Chinese name', { ...food, display: [{ locale: 'en', name: 'Food' }] }],
    ['a reserved claim name', withClaim({ path: ['cnf'] })],
    ['a name given twice', withClaim({ path: ['name'] })],
    ['a nested path', withClaim({ path: ['a', 'b'] })],
    ['sd: always', withClaim({ sd: 'always' })],
    ['a key of the licence itself', withClaimExtension({ key: 5 })],
    ['a key given twice', withClaimExtension({ key: 6 })],
    ['an element that is none', withClaimExtension({ element: 'kz_x' })],
    ['an unknown format', withClaimExtension({ format: 'blob' })],
    ['a code without codes', withClaimExtension({ format: 'code' })],
  ])('%s', async (_name, json) => {
    expect(await codeOf(() => parseTypeDefinition(json))).toBe('type/format')
  })
})
