/** Both platforms, with and without WebCrypto: one interface, one behaviour. */
import { createHash } from 'node:crypto'
import { verify as nobleVerify } from '@noble/ed25519'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { toBase64url as portableBase64url, utf8Encode } from './bytes.ts'
import type { Engine } from './engine.ts'
import { passesProbe } from './engine-probes.ts'
import { nobleEngine } from './fallback-noble.ts'
import { publicKeyFromRaw } from './keys.ts'
import * as node from './platform-node.ts'
import { RFC7515_JWK, RFC8037_JWK } from './rfc-sample-keys.ts'
import { publicKeyFromCryptoKey, signerFromCryptoKey, webcryptoEngine } from './webcrypto-engine.ts'

/** What `#platform` promises; `tsc` checks that both files keep it. */
type Platform = Pick<
  typeof node,
  | 'engineName'
  | 'platformCryptoKey'
  | 'sha256'
  | 'sha256Hex'
  | 'signerFromPrivateJwk'
  | 'toBase64url'
  | 'verifySignature'
>

const data = utf8Encode('OneTrip 一次办')
const algorithms = ['Ed25519', 'ES256', 'ES384'] as const

const platforms: Readonly<Record<string, () => Promise<Platform>>> = {
  node: () => Promise.resolve(node),
  'web with WebCrypto': () => import('./platform-web.ts'),
  'web without WebCrypto': () => {
    vi.stubGlobal('crypto', undefined)
    vi.resetModules()
    return import('./platform-web.ts')
  },
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe.each(Object.entries(platforms))('platform: %s', (name, load) => {
  test('names the engine it decided on', async () => {
    const { engineName } = await load()
    const expected = { node: 'node', 'web with WebCrypto': 'webcrypto' }[name] ?? 'noble'
    for (const algorithm of algorithms) expect(await engineName(algorithm)).toBe(expected)
  })

  test('SHA-256 is synchronous and right', async () => {
    const { sha256, sha256Hex } = await load()
    const digest = sha256(data)
    expect(digest).toEqual(new Uint8Array(createHash('sha256').update(data).digest()))
    expect(sha256Hex(data)).toBe(createHash('sha256').update(data).digest('hex'))
    expect(digest.constructor).toBe(Uint8Array)
  })

  test('base64url is the same everywhere, of a part of a buffer too', async () => {
    const { toBase64url } = await load()
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
    for (let start = 0; start < 4; start += 1) {
      for (let end = 250; end < 256; end += 1) {
        const part = bytes.subarray(start, end)
        expect(toBase64url(part)).toBe(portableBase64url(part))
      }
    }
    expect(toBase64url(bytes.subarray(7, 7))).toBe('')
  })

  test.each([RFC8037_JWK, RFC7515_JWK])('signs and verifies: $crv', async (jwk) => {
    const { signerFromPrivateJwk, verifySignature } = await load()
    const { publicKey: key, sign } = signerFromPrivateJwk(jwk)
    const signature = await sign(data)
    expect(signature).toHaveLength(64)
    expect(signature.constructor).toBe(Uint8Array)
    expect(await verifySignature({ key, signature, data })).toBe(true)
    expect(await verifySignature({ key, signature, data: signature })).toBe(false)
    const short = signature.subarray(1)
    await expect(verifySignature({ key, signature: short, data })).rejects.toMatchObject({
      code: 'signature/format',
    })
    vi.unstubAllGlobals()
    expect(await node.verifySignature({ key, signature, data })).toBe(true)
  })

  test.each([
    { ...RFC8037_JWK, x: 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw' },
    { ...RFC7515_JWK, d: RFC8037_JWK['d'] ?? '' },
  ])('never signs for a public half that is another key: $crv', async (jwk) => {
    const { signerFromPrivateJwk } = await load()
    const signed = async (): Promise<Uint8Array> => signerFromPrivateJwk(jwk).sign(data)
    await expect(signed()).rejects.toMatchObject({ code: 'key/format' })
  })

  test('has a CryptoKey for jose exactly where it has WebCrypto', async () => {
    const { platformCryptoKey, signerFromPrivateJwk } = await load()
    const cryptoKey = await platformCryptoKey(signerFromPrivateJwk(RFC8037_JWK).publicKey)
    expect(cryptoKey === undefined).toBe(name === 'web without WebCrypto')
  })

  test('bytes that are no point verify nothing', async () => {
    const { verifySignature } = await load()
    const key = publicKeyFromRaw('Ed25519', new Uint8Array(32).fill(0x33))
    const { sign } = node.signerFromPrivateJwk(RFC8037_JWK)
    expect(await verifySignature({ key, signature: await sign(data), data })).toBe(false)
  })
})

test('COSE and JWS verify on the web platform without WebCrypto', async () => {
  vi.stubGlobal('crypto', undefined)
  vi.resetModules()
  vi.doMock('#platform', () => import('./platform-web.ts'))
  const { signSign1, decodeSign1, verifySign1 } = await import('./cose.ts')
  const { signJws, decodeJws, verifyJws } = await import('./jws.ts')
  const { engineName, signerFromPrivateJwk } = await import('./platform-web.ts')
  for (const jwk of [RFC8037_JWK, RFC7515_JWK]) {
    const signer = signerFromPrivateJwk(jwk)
    expect(await engineName(signer.publicKey.algorithm)).toBe('noble')
    const sign1 = await signSign1({ protectedHeader: new Map(), payload: data, signer })
    await verifySign1(decodeSign1(sign1), signer.publicKey)
    const jws = decodeJws(await signJws({ header: {}, payload: {}, signer }))
    await verifyJws(jws, signer.publicKey)
    const forged = { ...jws, signingInput: `${jws.signingInput}A` }
    await expect(verifyJws(forged, signer.publicKey)).rejects.toMatchObject({
      code: 'signature/invalid',
    })
  }
  vi.doUnmock('#platform')
})

describe('the probe before an engine is trusted', () => {
  const cofactored: Engine = {
    name: 'noble',
    verify: async ({ key, signature, data: bytes }) =>
      nobleVerify(signature, bytes, key.raw, { zip215: false }),
  }
  const refusing: Engine = { name: 'noble', verify: async () => false }
  const lacking: Engine = {
    name: 'noble',
    verify: () => Promise.reject(new DOMException('', 'NotSupportedError')),
  }

  test.each([node.nodeEngine, webcryptoEngine, nobleEngine])('$name passes', async (engine) => {
    for (const algorithm of algorithms) expect(await passesProbe(engine, algorithm)).toBe(true)
  })

  test('an engine that multiplies by the cofactor, refuses all, or lacks the curve does not', async () => {
    expect(await passesProbe(cofactored, 'Ed25519')).toBe(false)
    expect(await passesProbe(refusing, 'ES256')).toBe(false)
    expect(await passesProbe(lacking, 'ES384')).toBe(false)
  })
})

describe('a signer over a CryptoKey', () => {
  test.each([
    [{ name: 'Ed25519' }, 'Ed25519'],
    [{ name: 'ECDSA', namedCurve: 'P-256' }, 'ES256'],
  ])('of a pair that never leaves the platform: %o', async (parameters, algorithm) => {
    const pair = await generate(parameters)
    const publicKey = await publicKeyFromCryptoKey(pair.publicKey)
    expect(publicKey.algorithm).toBe(algorithm)
    const signature = await signerFromCryptoKey(pair.privateKey, publicKey).sign(data)
    expect(await node.verifySignature({ key: publicKey, signature, data })).toBe(true)
  })

  test('refuses halves of two algorithms, and the public half', async () => {
    const pair = await generate({ name: 'Ed25519' })
    const publicKey = await publicKeyFromCryptoKey(pair.publicKey)
    const es256 = node.signerFromPrivateJwk(RFC7515_JWK).publicKey
    const refusal = expect.objectContaining({ code: 'key/format' })
    expect(() => signerFromCryptoKey(pair.privateKey, es256)).toThrow(refusal)
    expect(() => signerFromCryptoKey(pair.publicKey, publicKey)).toThrow(refusal)
    await expect(publicKeyFromCryptoKey(pair.privateKey)).rejects.toEqual(refusal)
  })
})

async function generate(parameters: AlgorithmIdentifier | EcKeyGenParams): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey(parameters, false, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new TypeError('not a pair')
  return pair
}
