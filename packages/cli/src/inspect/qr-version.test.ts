import { expect, test } from 'vitest'
import { qrVersion } from './qr-version.ts'

/** ISO/IEC 18004 table 7, alphanumeric. */
test.for([
  ['L', 1, 25],
  ['L', 9, 335],
  ['L', 10, 395],
  ['L', 20, 1249],
  ['L', 21, 1352],
  ['L', 26, 1990],
  ['L', 27, 2132],
  ['L', 40, 4296],
  ['M', 1, 20],
  ['M', 15, 600],
  ['M', 25, 1451],
  ['M', 40, 3391],
] as const)('%s: version %i holds %i characters', ([level, version, characters]) => {
  expect(qrVersion(characters, level)).toBe(version)
  expect(qrVersion(characters + 1, level)).toBe(version === 40 ? undefined : version + 1)
})
