import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Algorithm } from './algorithms.ts'
import { fromBase64url, fromHex, toBase64url, toHex } from './bytes.ts'
import type { CborMap } from './cbor-value.ts'
import type { JsonObject } from './json-value.ts'
import {
  jwkThumbprint,
  publicKeyFromCose,
  publicKeyFromJwk,
  publicKeyFromRaw,
  publicKeyToCose,
  publicKeyToJwk,
  samePublicKey,
} from './keys.ts'
import { parsePrivateJwk } from './private-keys.ts'
import { RFC7515_JWK, RFC8037_JWK } from './rfc-sample-keys.ts'

const { d: _d, ...ed25519 } = RFC8037_JWK
const { d: _e, ...p256 } = RFC7515_JWK
const p384: JsonObject = {
  kty: 'EC',
  crv: 'P-384',
  x: 'kTJyP2KSsBBhnb4kjWmMF7WHVsY55xUPgb7k64rDcjatChoZ1nvjKmYmPh5STRKc',
  y: 'mM0weMVU2DKsYDxDJkEP9hZiRZtB8fPfXbzINZj_fF7YQRynNWedHEyzAJOX2e8s',
}
const ONE = '01'.padEnd(64, '0')

/** The other point of the same x. */
function negated(algorithm: Algorithm, raw: Uint8Array): Uint8Array {
  const prime =
    algorithm === 'ES256'
      ? 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
      : 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n
  const middle = (raw.length + 1) / 2
  const y = (prime - BigInt(`0x${toHex(raw.subarray(middle))}`)).toString(16)
  return fromHex(toHex(raw.subarray(0, middle)) + y.padStart(2 * (middle - 1), '0'))
}

describe('forms of a key', () => {
  test.each([ed25519, p256, p384])('JWK, COSE_Key and raw bytes are one key: $crv', (jwk) => {
    const key = publicKeyFromJwk(jwk)
    expect(publicKeyToJwk(key)).toEqual(jwk)
    expect(publicKeyFromCose(publicKeyToCose(key))).toEqual(key)
    expect(publicKeyFromRaw(key.algorithm, key.raw)).toEqual(key)
    expect(samePublicKey(key, publicKeyFromJwk(jwk))).toBe(true)
  })

  test('different keys are different', () => {
    expect(samePublicKey(publicKeyFromJwk(ed25519), publicKeyFromJwk(p256))).toBe(false)
  })

  test('the thumbprint is the one of RFC 8037 appendix A.3, and kid its first 8 bytes', () => {
    const key = publicKeyFromJwk(ed25519)
    expect(jwkThumbprint(key)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
    expect(toBase64url(key.kid)).toBe('kPrK_qmxVWY')
  })

  test('a key keeps its bytes when the caller changes his', () => {
    const raw = publicKeyFromJwk(ed25519).raw.slice()
    const key = publicKeyFromRaw('Ed25519', raw)
    raw.fill(0)
    expect(samePublicKey(key, publicKeyFromJwk(ed25519))).toBe(true)
  })

  test('any length but the right one is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (raw) => {
        if (raw.length !== 32) expectCode(() => publicKeyFromRaw('Ed25519', raw), 'key/format')
        if (raw.length !== 65) expectCode(() => publicKeyFromRaw('ES256', raw), 'key/format')
      }),
    )
  })
})

describe('keys that no one may use', () => {
  test.each([
    ['identity (ED01)', ONE],
    ['identity with a sign', `${ONE.slice(0, 62)}80`],
    ['identity above p', `ee${'ff'.repeat(30)}7f`],
    ['order 2', `ec${'ff'.repeat(30)}7f`],
    ['order 2 with a sign', `ec${'ff'.repeat(31)}`],
    ['order 4', '00'.repeat(32)],
    ['order 4, negative', `${'00'.repeat(31)}80`],
    ['order 4 above p', `ed${'ff'.repeat(30)}7f`],
    ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8, negative', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    ['order 8, the other', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
    ['all ones', 'ff'.repeat(32)],
    ['above p, of no small order', `f0${'ff'.repeat(30)}7f`],
  ])('Ed25519, %s', (_name, hex) => {
    expectCode(() => publicKeyFromRaw('Ed25519', fromHex(hex)), 'key/weak')
    const x = toBase64url(fromHex(hex))
    expectCode(() => publicKeyFromJwk({ kty: 'OKP', crv: 'Ed25519', x }), 'key/weak')
  })

  test('a point off the curve, or with a coordinate above p', () => {
    const raw = publicKeyFromJwk(p256).raw
    const moved = raw.slice()
    moved[64] = (moved[64] ?? 0) ^ 1
    expectCode(() => publicKeyFromRaw('ES256', moved), 'key/format')
    const prime = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'
    const y = toHex(raw.subarray(33))
    expectCode(() => publicKeyFromRaw('ES256', fromHex(`04${prime}${y}`)), 'key/format')
    const compressed = fromHex(`02${toHex(raw.subarray(1))}`)
    expectCode(() => publicKeyFromRaw('ES256', compressed), 'key/format')
    expectCode(() => publicKeyFromRaw('ES384', new Uint8Array(97).fill(4)), 'key/format')
  })
})

describe('JWK', () => {
  test.each<[string, JsonObject, string]>([
    ['a private key (ED04)', RFC8037_JWK, 'key/format'],
    ['a symmetric key (ED04)', { kty: 'oct', k: 'AAAA' }, 'key/format'],
    ['X25519 (ED04)', { ...ed25519, crv: 'X25519' }, 'key/format'],
    ['x of 31 bytes (ED04)', { ...ed25519, x: toBase64url(new Uint8Array(31)) }, 'key/format'],
    ['x of 33 bytes (ED04)', { ...ed25519, x: toBase64url(new Uint8Array(33)) }, 'key/format'],
    ['Ed448', { ...ed25519, crv: 'Ed448' }, 'key/format'],
    ['P-521', { ...p256, crv: 'P-521' }, 'key/format'],
    ['no curve', { kty: 'OKP' }, 'key/format'],
    ['a curve by its COSE number', { ...ed25519, crv: 6 }, 'key/format'],
    ['kty of another curve', { ...ed25519, kty: 'EC' }, 'key/format'],
    ['alg of another curve', { ...ed25519, alg: 'ES256' }, 'key/format'],
    ['alg that is no text', { ...ed25519, alg: 1 }, 'key/format'],
    ['for encryption', { ...ed25519, use: 'enc' }, 'key/format'],
    ['not for verifying', { ...ed25519, key_ops: ['sign'] }, 'key/format'],
    ['key_ops as text', { ...ed25519, key_ops: 'verify' }, 'key/format'],
    ['x as a number', { ...ed25519, x: 1 }, 'key/format'],
    ['x with padding', { ...ed25519, x: `${ed25519['x']}=` }, 'encoding/base64url'],
    ['no y', { kty: 'EC', crv: 'P-256', x: p256['x'] ?? '' }, 'key/format'],
  ])('refuses %s', (_name, jwk, code) => {
    expectCode(() => publicKeyFromJwk(jwk), code)
  })

  test('takes alg, use and key_ops that agree, and does not read kid', () => {
    const rest = { use: 'sig', key_ops: ['verify'], kid: '../../x' }
    for (const alg of ['EdDSA', 'Ed25519']) {
      expect(publicKeyFromJwk({ ...ed25519, ...rest, alg })).toEqual(publicKeyFromJwk(ed25519))
    }
  })
})

describe('COSE_Key', () => {
  const map = publicKeyToCose(publicKeyFromJwk(p256))
  const changed = (label: number, value: number | boolean | Uint8Array): CborMap =>
    new Map(map).set(label, value)

  test.each<[string, CborMap]>([
    ['a private key', changed(-4, new Uint8Array(32))],
    ['kty of another curve', changed(1, 1)],
    ['Ed448', changed(-1, 7)],
    ['alg of another curve', changed(3, -19)],
    ['not for verifying', new Map(map).set(4, [1])],
    [
      'a compressed point off the curve',
      new Map(map).set(-2, new Uint8Array(32).fill(1)).set(-3, true),
    ],
    [
      'a compressed point beyond the prime',
      new Map(map).set(-2, new Uint8Array(32).fill(255)).set(-3, true),
    ],
    ['x of 31 bytes', changed(-2, new Uint8Array(31))],
    ['an empty map', new Map()],
    ['a curve by its JWK name', new Map(map).set(-1, 'P-256')],
  ])('refuses %s', (_name, key) => {
    expectCode(() => publicKeyFromCose(key), 'key/format')
  })

  test.each([0n, 1n])('reads back what it compresses, negated %i times', (times) => {
    for (const jwk of [p256, p384]) {
      const { algorithm, raw } = publicKeyFromJwk(jwk)
      const key = publicKeyFromRaw(algorithm, times === 0n ? raw : negated(algorithm, raw))
      const compressed = publicKeyToCose(key, { compressed: true })
      expect(typeof compressed.get(-3)).toBe('boolean')
      expect(publicKeyFromCose(compressed)).toEqual(key)
    }
  })

  test('takes alg and key_ops that agree', () => {
    const key = new Map(map).set(3, -7).set(4, [2])
    expect(publicKeyFromCose(key)).toEqual(publicKeyFromCose(map))
  })
})

describe('private JWK', () => {
  test('gives the public half and the secret', () => {
    const { publicKey, secret } = parsePrivateJwk({ ...RFC8037_JWK, use: 'sig', key_ops: ['sign'] })
    expect(publicKey).toEqual(publicKeyFromJwk(ed25519))
    expect(toBase64url(secret)).toBe(RFC8037_JWK['d'])
  })

  test.each<[string, JsonObject, string]>([
    ['no d', ed25519, 'key/format'],
    ['d of 31 bytes', { ...ed25519, d: toBase64url(new Uint8Array(31)) }, 'key/format'],
    ['d as a number', { ...ed25519, d: 1 }, 'key/format'],
    ['P-384', { ...p384, d: toBase64url(fromBase64url('AA')) }, 'algorithm/not-allowed'],
  ])('refuses %s', (_name, jwk, code) => {
    expectCode(() => parsePrivateJwk(jwk), code)
  })
})

function expectCode(run: () => unknown, code: string): void {
  expect(run).toThrow(expect.objectContaining({ code }))
}
