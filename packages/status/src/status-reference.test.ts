import { parseJson } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { parseStatusReference } from './status-reference.ts'

describe('parseStatusReference', () => {
  test('reads the JSON form', () => {
    const claim = parseJson('{"status_list":{"idx":7,"uri":"https://example.com/s/1"}}')
    expect(parseStatusReference(claim)).toEqual({ uri: 'https://example.com/s/1', index: 7 })
  })

  test('reads the CBOR form', () => {
    const list = new Map<string, number | string>([
      ['idx', 0],
      ['uri', 'http://localhost:8787/s/1'],
    ])
    const claim = new Map([['status_list', list]])
    expect(parseStatusReference(claim)).toEqual({ uri: 'http://localhost:8787/s/1', index: 0 })
  })

  test.each(['-1', '"5"', '1.5', '9007199254740991.5', 'null', '[1]'])('ST02: idx %s', (idx) => {
    const claim = JSON.parse(`{"status_list":{"idx":${idx},"uri":"https://example.com/s/1"}}`)
    const refused = expect.objectContaining({ code: 'status/index' })
    expect(() => parseStatusReference(claim)).toThrow(refused)
  })

  test.each([
    undefined,
    {},
    { status_list: {} },
    { status_list: { idx: 1 } },
    { status_list: { idx: 1, uri: 'file:///etc/passwd' } },
    { status_list: { idx: 1, uri: 'https://example.com/a b' } },
    { status_list: { idx: 1, uri: `https://example.com/${'a'.repeat(500)}` } },
    { status_list: { uri: 'https://example.com/s/1' } },
  ])('refuses %j', (claim) => {
    const refused = expect.objectContaining({ code: 'status/format' })
    expect(() => parseStatusReference(claim)).toThrow(refused)
  })
})
