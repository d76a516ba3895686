import { expect, test } from 'vitest'
import { formatDateTime, parseDateTime } from './date-time.ts'

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['1985-10-21T01:21:00Z', 498_705_660],
  ['2028-02-29T23:59:59Z', 1_835_481_599],
  ['2038-01-19T03:14:08Z', 2_147_483_648],
  ['9999-12-31T23:59:59Z', 253_402_300_799],
])('%s is %s, and back', (text, seconds) => {
  expect(parseDateTime(text)).toBe(seconds)
  expect(formatDateTime(seconds)).toBe(text)
})

test.each([
  '2027-02-29T00:00:00Z',
  '2100-02-29T00:00:00Z',
  '2027-04-31T00:00:00Z',
  '2027-00-01T00:00:00Z',
  '2027-13-01T00:00:00Z',
  '2027-01-00T00:00:00Z',
  '2027-01-01T24:00:00Z',
  '2027-01-01T00:60:00Z',
  '2027-01-01T00:00:60Z',
  '2027-01-01T00:00:00.0Z',
  '2027-01-01 00:00:00Z',
  '2027-01-01T00:00:00',
  '2027-01-01T00:00:00z',
  '0099-01-01T00:00:00Z',
  '',
  1_800_000_000,
  null,
])('%s is no date-time', (text) => {
  expect(parseDateTime(text)).toBeUndefined()
})

test.each([-1, 0.5, 253_402_300_800, Number.NaN])('%s cannot be written', (seconds) => {
  expect(() => formatDateTime(seconds)).toThrow('time/format')
})
