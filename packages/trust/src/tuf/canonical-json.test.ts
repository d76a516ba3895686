import { utf8Decode } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test.each([
  [
    'members sorted, no white space',
    { b: [1, -2], a: { d: null, c: true } },
    '{"a":{"c":true,"d":null},"b":[1,-2]}',
  ],
  ['only quote and backslash escaped', '"\\\n\t/é\u0001', '"\\"\\\\\n\t/é\u0001"'],
  [
    'names sorted by code point, not by UTF-16 unit',
    { '\u{1f600}': 1, '\uff01': 2 },
    '{"\uff01":2,"\u{1f600}":1}',
  ],
  [
    'a name before those it begins',
    { ab: 1, a: 2, '\u{1f600}b': 3, '\u{1f600}': 4 },
    '{"a":2,"ab":1,"\u{1f600}":4,"\u{1f600}b":3}',
  ],
  ['zero without a sign', -0, '0'],
  ['nothing in them', [{}, []], '[{},[]]'],
])('%s', (_name, value, text) => {
  expect(utf8Decode(canonicalJson(value))).toBe(text)
})

test.each([0.5, 2 ** 53, Number.NaN])('%s has no canonical form', (value) => {
  expect(() => canonicalJson([value])).toThrow('trust/format')
})
