import { ERROR_CODES } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { SEVERITY, severityOf } from './severity.ts'

test('the table holds known codes only', () => {
  const known: readonly string[] = ERROR_CODES
  expect(Object.keys(SEVERITY).filter((code) => !known.includes(code))).toEqual([])
})

test('a code outside the table is grey', () => {
  expect(severityOf('http/internal')).toBe('unverifiable')
})

test('no code is green', () => {
  for (const code of ERROR_CODES) expect(severityOf(code)).not.toBe('valid')
})
