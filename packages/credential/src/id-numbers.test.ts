import { describe, expect, test } from 'vitest'
import { isIdNumber, isOrganisationCode, isUscc } from './id-numbers.ts'

const usccs = [
  ...['11339901XYN000014M', '11339901XYN000022G', '11339901XYN000030B', '11339901XYN0000498'],
  ...['12339901XYN0000570', '11339901XYN000065X', '91339901MAXYN00113', '92339901MAXYN0038P'],
  ...['91339901MAXYN002XT', '91350100M000100Y43', '1110000099XYN9907G'],
]
const ids = [
  ...['33999919010101001X', '339999190202020022', '339999190303030035'],
  ...['33999919000606006X', '319999190505050057'],
]

describe('numbers of the sample cast', () => {
  test.each(usccs)('USCC %s', (text) => {
    expect(isUscc(text)).toBe(true)
  })

  test.each(ids)('ID number %s', (text) => {
    expect(isIdNumber(text)).toBe(true)
  })

  test('any other last character is refused', () => {
    for (const last of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
      expect(isUscc(`11339901XYN000014${last}`)).toBe(last === 'M')
      expect(isIdNumber(`33999919010101001${last}`)).toBe(last === 'X')
    }
  })

  test('a USCC whose inner organisation code is wrong is refused', () => {
    const organisation = '11339901XYN000014M'.slice(8, 17)
    expect(isOrganisationCode(organisation)).toBe(true)
    expect(isOrganisationCode('XYN000015')).toBe(false)
    for (const other of ['', 'XYN00001', 'XYN0000144', 'xYN000014', 'XY一000014', 'XYN00001x']) {
      expect(isOrganisationCode(other)).toBe(false)
    }
  })

  test.each([
    ['', false],
    ['339999190202300028', false],
    ['33999919010101001x', false],
    ['339999190101010', false],
  ])('not an ID number: %s', (text, expected) => {
    expect(isIdNumber(text)).toBe(expected)
    expect(isUscc(text)).toBe(false)
  })
})
