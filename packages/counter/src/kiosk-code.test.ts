import { fromHex, toBase64url, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import {
  hashExitCode,
  isExitCode,
  matchesExitCode,
  parseCodeHash,
  waitAfter,
} from './kiosk-code.ts'
import { parseKiosk } from './kiosk-state.ts'

const SALT = utf8Encode('0123456789abcdef')

describe('the exit code', () => {
  test.each([
    ['2580', true],
    ['123456789012', true],
    ['258', false],
    ['1234567890123', false],
    ['２５８０', false],
    ['25 80', false],
    ['', false],
  ])('%j may be one: %s', (text, may) => {
    expect(isExitCode(text)).toBe(may)
  })

  test('is PBKDF2-SHA-256, as other libraries have it', async () => {
    // RFC 7914 §11, first 32 of 64 bytes: PBKDF2-HMAC-SHA-256 ("passwd", "salt", 1).
    const known = '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc'
    const salt = utf8Encode('salt')
    const { hash } = await hashExitCode({ code: 'passwd', salt, rounds: 1 })
    expect(hash).toBe(toBase64url(fromHex(known)))
  })

  test('opens with itself alone', async () => {
    const kept = await hashExitCode({ code: '2580', salt: SALT, rounds: 1000 })
    expect(JSON.stringify(kept)).not.toContain('2580')
    expect(await matchesExitCode('2580', kept)).toBe(true)
    expect(await matchesExitCode('2581', kept)).toBe(false)
    expect(await matchesExitCode('', kept)).toBe(false)
  })

  test('waits grow and stay', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 1000].map(waitAfter)).toEqual([
      0, 0, 0, 5, 15, 60, 300, 300, 300,
    ])
  })
})

describe('what is kept of a kiosk', () => {
  const code = { salt: 'c2FsdA', rounds: 1000, hash: 'aGFzaA' }
  const kiosk = {
    format: 1,
    code,
    idleSeconds: 60,
    language: 'en',
    scale: 150,
    failures: 2,
    retryAt: 1_795_400_000,
  } as const

  test('is read back whole', () => {
    expect(parseKiosk(JSON.parse(JSON.stringify(kiosk)))).toEqual(kiosk)
  })

  test('stays a kiosk when lesser members are damaged', () => {
    expect(parseKiosk({ code, idleSeconds: -1, language: 'xx', scale: 1 })).toEqual({
      ...kiosk,
      language: 'zh-CN',
      scale: 100,
      failures: 0,
      retryAt: 0,
    })
  })

  test.each([undefined, null, 'text', {}, { code: { ...code, rounds: 0 } }, { code: 'x' }])(
    'is none without a code: %j',
    (kept) => {
      expect(parseKiosk(kept)).toBeUndefined()
    },
  )

  test.each([1.5, 0, -1, 1e9, '1000'])('no code hash has %j rounds', (rounds) => {
    expect(parseCodeHash({ ...code, rounds })).toBeUndefined()
  })
})
