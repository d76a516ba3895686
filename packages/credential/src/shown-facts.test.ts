import { parseJson } from '@onetrip/codec'
import {
  foodBusinessLicenceType,
  foodLicenceOfSample,
  identityOfShi,
  residentIdentityType2,
} from '@onetrip/fixtures'
import { expect, test } from 'vitest'
import { readClaims } from './licence-claims.ts'
import { shownFacts } from './shown-facts.ts'
import { parseTypeDefinition } from './type-definition.ts'

function rowsOf(json: unknown, facts: (typeof foodLicenceOfSample)['facts']) {
  const type = parseTypeDefinition(parseJson(JSON.stringify(json)))
  const claims = readClaims(type, new Map(Object.entries(facts.claims)))
  return shownFacts({ ...facts, claims }).map(({ label, text }) => [label['zh-CN'], text['zh-CN']])
}

test('number, claims in the order of the definition, period', () => {
  const rows = rowsOf(foodBusinessLicenceType, foodLicenceOfSample.facts)
  expect(rows[0]).toEqual(['证照编号', 'JY23399010000012'])
  expect(rows).toContainEqual(['主体业态', '餐饮服务经营者'])
  expect(rows.at(-1)).toEqual(['有效期', '2026年11月20日 至 2031年11月19日'])
  expect(rows).toHaveLength(12)
})

test('pictures of characters have no row; days are words', () => {
  const rows = rowsOf(residentIdentityType2, identityOfShi.facts)
  expect(rows).toContainEqual(['姓名', '石\u{2e1ea}'])
  expect(rows).toContainEqual(['出生日期', '1903年3月3日'])
  expect(rows).toHaveLength(10)
})
