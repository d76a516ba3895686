import { describe, expect, test } from 'vitest'
import { sampleHolderKeys } from '../samples/sample-world.ts'
import { byUse, type HeldLicence } from './held-licence.ts'
import { holderGroups } from './holder-groups.ts'
import { searchedLicences } from './search-licences.ts'

function licence(id: string, holder: string, shownCount = 0): HeldLicence {
  return {
    format: 1,
    id,
    summary: {
      typeCode: '1110000099XYN9907G002',
      typeVersion: 1,
      typeName: { 'zh-CN': '居民身份电子证照', en: 'Resident identity licence' },
      hue: 24,
      about: 'person',
      number: `7Q${id.toUpperCase()}`,
      version: 1,
      holder,
      issuer: { 'zh-CN': '样例分局', en: 'Sample branch' },
      validFrom: '2020-05-06',
      expiresAt: 2_000_000_000,
    },
    sdCwt: new Uint8Array([1]),
    sdJwt: '',
    keys: sampleHolderKeys,
    receivedAt: 100,
    shownCount,
    copies: [],
  }
}

const FAMILY = byUse([
  licence('a', '陈样例'),
  licence('b', '阿卜杜热合曼·阿卜杜克热木江', 2),
  licence('c', '陈样例', 5),
])

describe('by holder', () => {
  test('the group of the most used licence is first, and inside it the most used', () => {
    expect(
      holderGroups(FAMILY).map(({ holder, licences }) => [holder, licences.map(({ id }) => id)]),
    ).toEqual([
      ['陈样例', ['c', 'a']],
      ['阿卜杜热合曼·阿卜杜克热木江', ['b']],
    ])
  })

  test('a picture of the name comes from any licence of the holder that has one', () => {
    const plain = licence('d', '石𮇪')
    const held = licence('e', '石𮇪')
    const pictured = { ...held, summary: { ...held.summary, holderPictures: 'AuHq' } }
    expect(holderGroups([plain, pictured]).map(({ pictures }) => pictures)).toEqual(['AuHq'])
    expect(holderGroups(FAMILY).map(({ pictures }) => pictures)).toEqual([undefined, undefined])
  })

  test('nobody, no group', () => {
    expect(holderGroups([])).toEqual([])
  })
})

test.each([
  ['', ['c', 'b', 'a']],
  ['陈样例', ['c', 'a']],
  ['阿卜杜克热木江', ['b']],
  ['resident 陈', ['c', 'a']],
  ['７qb', ['b']],
  ['sample branch', ['c', 'b', 'a']],
  ['驾驶证', []],
])('a search for "%s" finds %j', (search, ids) => {
  expect(searchedLicences(FAMILY, search).map(({ id }) => id)).toEqual(ids)
})
