import { expect, test } from 'vitest'
import { isLicenceCode } from './licence-code.ts'

test.each([
  ['OT1:6BF', true],
  ['eyJh.eyJp.c2ln~WyJz~', true],
  ['https://verify.example/valid', false],
  ['WIFI:S:x;T:WPA;P:y;;', false],
  ['ot1:6BF', false],
  ['', false],
])('%j: %s', (text, ours) => {
  expect(isLicenceCode(text)).toBe(ours)
})
