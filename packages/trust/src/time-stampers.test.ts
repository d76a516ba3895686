import { Fault, type JsonValue, toBase64url } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { parseTimeStampers } from './time-stampers.ts'

const CERTIFICATE = toBase64url(Uint8Array.of(0x30, 0))
const ENTRY = {
  id: '91339901MAXYN0775D',
  name: { 'zh-CN': '样例时间戳服务', en: 'Sample time-stamper' },
  certificates: [CERTIFICATE],
}

function codeOf(json: JsonValue): string {
  try {
    parseTimeStampers(json)
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

test('without the member there is none', () => {
  expect(parseTimeStampers(undefined)).toEqual([])
})

test('one with times', () => {
  expect(parseTimeStampers([{ ...ENTRY, from: 1, to: 2 }])).toEqual([
    { ...ENTRY, certificates: [Uint8Array.of(0x30, 0)], from: 1, to: 2 },
  ])
})

describe('refused', () => {
  test.each<readonly [string, JsonValue, string]>([
    ['no list', {}, 'trust/format'],
    ['another member', [{ ...ENTRY, url: 'x' }], 'trust/format'],
    ['twice', [ENTRY, ENTRY], 'trust/format'],
    ['no USCC', [{ ...ENTRY, id: '1' }], 'trust/format'],
    ['no certificate', [{ ...ENTRY, certificates: [] }], 'trust/format'],
    ['nine certificates', [{ ...ENTRY, certificates: Array(9).fill(CERTIFICATE) }], 'trust/format'],
    ['an empty certificate', [{ ...ENTRY, certificates: [''] }], 'trust/format'],
    [
      'a huge certificate',
      [{ ...ENTRY, certificates: [toBase64url(new Uint8Array(4097))] }],
      'trust/format',
    ],
    ['no base64url', [{ ...ENTRY, certificates: ['='] }], 'encoding/base64url'],
    ['an end before its beginning', [{ ...ENTRY, from: 2, to: 1 }], 'trust/format'],
    ['no time', [{ ...ENTRY, from: -1 }], 'time/format'],
  ])('%s', (_name, json, code) => {
    expect(codeOf(json)).toBe(code)
  })
})
