import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, utf8Encode } from './bytes.ts'
import { type ErrorCode, Fault, fault } from './errors.ts'
import { type JsonLimits, parseJson } from './json.ts'
import { encodeJson, isObject, type JsonValue } from './json-value.ts'

describe('parseJson refuses', () => {
  test.each<[string, string, ErrorCode]>([
    ['JW07: alg twice', '{"alg":"none","alg":"EdDSA"}', 'json/duplicate-key'],
    ['JW07: sub twice', '{"sub":"a","iat":1,"sub":"b"}', 'json/duplicate-key'],
    ['one name spelt in two ways', '{"sub":1,"s\\u0075b":2}', 'json/duplicate-key'],
    ['a duplicate deep inside', '[{"a":{"b":1,"b":1}}]', 'json/duplicate-key'],
    ['a duplicate of an index', '{"0":1,"0":2}', 'json/duplicate-key'],
    ['JW13: __proto__', '{"__proto__":{"role":"admin"}}', 'json/key-not-allowed'],
    ['JW13: __proto__ with an escape', '{"__\\u0070roto__":1}', 'json/key-not-allowed'],
    ['constructor', '{"constructor":1}', 'json/key-not-allowed'],
    ['prototype', '{"a":{"prototype":1}}', 'json/key-not-allowed'],
    ['JW14: arrays 200,000 deep', '['.repeat(200_000), 'json/too-deep'],
    ['JW14: objects 200,000 deep', '{"a":'.repeat(200_000), 'json/too-deep'],
    ['JW15: a byte order mark', '\ufeff{}', 'json/format'],
    ['nothing', '', 'json/format'],
    ['white space alone', ' \n', 'json/format'],
    ['a second value', '{} {}', 'json/format'],
    ['white space that is none in JSON', '\u00a01', 'json/format'],
    ['a comma before the end of an array', '[1,]', 'json/format'],
    ['a comma before the end of an object', '{"a":1,}', 'json/format'],
    ['two commas', '[1,,2]', 'json/format'],
    ['no colon', '{"a" 1}', 'json/format'],
    ['a name without quotes', '{a:1}', 'json/format'],
    ['single quotes', "{'a':1}", 'json/format'],
    ['the wrong closing sign', '[1}', 'json/format'],
    ['a comment', '[1/**/]', 'json/format'],
    ['a zero before a number', '01', 'json/format'],
    ['a zero before a negative number', '-01', 'json/format'],
    ['a plus', '+1', 'json/format'],
    ['a minus alone', '-', 'json/format'],
    ['no digit before the point', '.5', 'json/format'],
    ['no digit after the point', '1.', 'json/format'],
    ['no digit in the exponent', '1e+', 'json/format'],
    ['NaN', 'NaN', 'json/format'],
    ['a cut word', 'tru', 'json/format'],
    ['a word in capitals', 'True', 'json/format'],
    ['a longer word', 'nullx', 'json/format'],
    ['an open text', '"abc', 'json/format'],
    ['an open text behind an escape', '"\\n', 'json/format'],
    ['an open escape', '"\\', 'json/format'],
    ['an unknown escape', '"\\x41"', 'json/format'],
    ['a cut unicode escape', '"\\u00', 'json/format'],
    ['a bad unicode escape', '"\\u00g0"', 'json/format'],
    ['a tab inside a text', '"\t"', 'json/format'],
    ['a line end behind an escape', '"\\n\n"', 'json/format'],
    ['half a surrogate pair, escaped', '"\\ud800"', 'json/format'],
    ['half a surrogate pair, as it is', '"\ud800"', 'json/format'],
    ['half a surrogate pair in a name', '{"\\udc00":1}', 'json/format'],
    ['2^53', '9007199254740992', 'json/number-range'],
    ['2^53 + 1', '9007199254740993', 'json/number-range'],
    ['-2^53', '[-9007199254740992]', 'json/number-range'],
    ['1e16', '1e16', 'json/number-range'],
    ['more than a double holds', '1e400', 'json/number-range'],
    ['more digits than a double holds', '9'.repeat(400), 'json/number-range'],
  ])('%s', (_, text, code) => {
    expect(() => parseJson(text)).toThrow(fault(code))
    if (text.isWellFormed()) expect(() => parseJson(utf8Encode(text))).toThrow(fault(code))
  })

  test.each([
    ['overlong', '22c08022'],
    ['a surrogate', '22eda08022'],
    ['cut', '22e6b0'],
    ['a byte order mark', 'efbbbf7b7d'],
    ['UTF-16', 'fffe7b007d00'],
  ])('UTF-8 that is %s', (_, hex) => {
    expect(() => parseJson(fromHex(hex))).toThrow(fault('json/format'))
  })
})

describe('parseJson keeps its limits', () => {
  const parsing = (text: string, limits?: JsonLimits) => () => parseJson(text, limits)

  test('on bytes', () => {
    expect(parsing('"123456"', { maxBytes: 8 })).not.toThrow()
    for (const text of ['"1234567"', '12345678 ', '1        ', '{"abc": 1}', '[true, null]']) {
      expect(parsing(text, { maxBytes: 8 })).toThrow(fault('json/limit'))
      expect(() => parseJson(utf8Encode(text), { maxBytes: 8 })).toThrow(fault('json/limit'))
    }
    expect(() => parseJson(utf8Encode('"水水水"'), { maxBytes: 9 })).toThrow(fault('json/limit'))
    expect(parsing('[1234567,-1]', { maxBytes: 10 })).toThrow(fault('json/limit'))
    expect(parsing('[true]', { maxBytes: 3 })).toThrow(fault('json/limit'))
    expect(parsing('"\\u0041"', { maxBytes: 4 })).toThrow(fault('json/limit'))
    expect(parsing(`"${'a'.repeat(65_535)}"`)).toThrow(fault('json/limit'))
  })
  test('on depth, the outermost container being 1', () => {
    expect(parsing('['.repeat(16) + ']'.repeat(16))).not.toThrow()
    expect(parsing('['.repeat(17) + ']'.repeat(17))).toThrow(fault('json/too-deep'))
    expect(parsing('['.repeat(9_000), { maxDepth: 1e9 })).toThrow(fault('json/too-deep'))
  })
  test('on values', () => {
    expect(parsing('[1,2]', { maxItems: 3 })).not.toThrow()
    expect(parsing('[1,2]', { maxItems: 2 })).toThrow(fault('json/limit'))
  })
})

describe('parseJson', () => {
  test('makes objects without a prototype', () => {
    const value = parseJson('{"a":{"b":[]}}')
    if (!isObject(value) || !isObject(value['a'])) expect.fail('not an object')
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.getPrototypeOf(value['a'])).toBeNull()
    expect('toString' in value).toBe(false)
  })
  test.each([
    '{"a":1,"b":[true,false,null],"":" "}',
    ' [ 1 , -2.5e-3 ,\r\n\t0.125, 1E2, -0, 9007199254740991 ] ',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u6C34\\ud83d\\ude00 水 \u2028"',
    '{"toString":1,"hasOwnProperty":{"2":1,"1":2}}',
  ])('reads %j as JSON.parse does', (text) => {
    expect(bare(parseJson(text))).toEqual(JSON.parse(text))
    expect(bare(parseJson(utf8Encode(text)))).toEqual(JSON.parse(text))
  })
  test('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = outcome(text)
        if (value !== undefined) expect(value.parsed).toEqual(JSON.parse(text))
      }),
    )
  })
  test('never accepts what JSON.parse refuses, and only throws faults', () => {
    const signs = fc.constantFrom(...'[]{}:,"\\u0041nulltruefalse-+.eE019 \n')
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 14 }), (parts) => {
        const text = parts.join('')
        const value = outcome(text)
        if (value !== undefined) expect(value.parsed).toEqual(JSON.parse(text))
      }),
      { numRuns: 5_000 },
    )
  })
  test('encodeJson writes what parseJson reads', () => {
    expect(encodeJson(parseJson('{"b": [1, "x"], "a": null}'))).toBe('{"b":[1,"x"],"a":null}')
  })
  test('isObject tells objects from everything else', () => {
    expect([{}, [], null, 'a', 1, true, undefined].map(isObject)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

function outcome(text: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: bare(parseJson(text)) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return undefined
  }
}

/** The same value with ordinary objects, to compare it with JSON.parse's. */
function bare(value: JsonValue): unknown {
  if (!isObject(value)) return Array.isArray(value) ? value.map(bare) : value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, bare(item)]))
}
