import { describe, expect, test } from 'vitest'
import { checkLicenceIdentifier, licenceIdentifier } from './licence-identifier.ts'

const TYPE = '1110000099XYN9907G038'
const ISSUER = '11339901XYN000014M'
const SERIAL = 'JY23399010000012'

describe('licence identifiers in public use', () => {
  test.each([
    ['1110000099XYN9907G001', ISSUER, '91339901MAXYN00113', 1, 'U'],
    [TYPE, ISSUER, SERIAL, 1, 'N'],
    [TYPE, ISSUER, SERIAL, 2, 'L'],
    ['1110000099XYN9907G101', '11339901XYN000030B', 'YQXAJ20260007', 1, 'I'],
  ])('%s.%s.%s version %i has check %s', (typeCode, issuer, serial, version, check) => {
    const text = licenceIdentifier({ typeCode, issuer, serial, version })
    const middle = `${typeCode}.${issuer}.${serial}.00${version}`
    expect(text).toBe(`1.2.156.3005.2.${middle}.${check}`)
    expect(checkLicenceIdentifier(text)).toEqual({ ok: true, warnings: [] })
  })

  test.each([
    ['11100000000013338W009.11330105002500287C.2025052201.002.0', 1],
    ['11100000MB03271699022.340100.000000016.001.9', 2],
    ['062301.1101101102.0624_001.001.U', 4],
  ])('a loose one is read with warnings: %s', (text, count) => {
    const result = checkLicenceIdentifier(text)
    expect(result.ok).toBe(true)
    expect(result.warnings.length).toBeGreaterThanOrEqual(count)
  })

  test('a changed character is not ok, in any place', () => {
    const text = licenceIdentifier({ typeCode: TYPE, issuer: ISSUER, serial: SERIAL, version: 1 })
    for (let i = 15; i < text.length; i++) {
      if (text[i] === '.') continue
      const other = text[i] === '7' ? '8' : '7'
      expect(checkLicenceIdentifier(text.slice(0, i) + other + text.slice(i + 1)).ok).toBe(false)
    }
  })

  test.each(['', '1.2.156.3005.2', `1.2.156.3005.2.${'A'.repeat(70_000)}`, 'a.b.c.d.e'])(
    'not an identifier: case %#',
    (text) => {
      expect(checkLicenceIdentifier(text).ok).toBe(false)
    },
  )

  test.each([
    { typeCode: 'X', issuer: ISSUER, serial: SERIAL, version: 1 },
    { typeCode: TYPE, issuer: '340100', serial: SERIAL, version: 1 },
    { typeCode: TYPE, issuer: ISSUER, serial: 'JY-1', version: 1 },
    { typeCode: TYPE, issuer: ISSUER, serial: SERIAL, version: 1000 },
  ])('is not made from loose parts: case %#', (parts) => {
    expect(() => licenceIdentifier(parts)).toThrow('licence/identifier')
  })
})
