import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { utf8Decode, utf8Encode } from './bytes.ts'
import { parseJson } from './json.ts'
import { isObject, type JsonObject } from './json-value.ts'
import {
  decryptJwe,
  encryptionKeyFromJwk,
  encryptionKeyToJwk,
  encryptJwe,
  JWE_ENCRYPTIONS,
} from './jwe.ts'
import { textToBase64url } from './platform-node.ts'

const PLAINTEXT = utf8Encode('{"vp_token":{}}')

function privateJwk(): JsonObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = parseJson(JSON.stringify(privateKey.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('no JWK')
  return jwk
}

function recipientOf({ kty = null, crv = null, x = null, y = null }: JsonObject, kid = 'one') {
  return encryptionKeyFromJwk({ kty, crv, x, y, kid, alg: 'ECDH-ES', use: 'enc' })
}

const own = privateJwk()
const recipient = recipientOf(own)

/** RFC 7518 appendix C: key agreement of Alice's ephemeral key with Bob's. */
const BOB = {
  kty: 'EC',
  crv: 'P-256',
  x: 'weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ',
  y: 'e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck',
  d: 'VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw',
} as const

describe('a JWE', () => {
  for (const encryption of JWE_ENCRYPTIONS) {
    test(`is opened by the key that it is for, ${encryption}`, async () => {
      const compact = await encryptJwe({ plaintext: PLAINTEXT, recipient, encryption })
      const opened = await decryptJwe(compact, { privateJwk: own, kid: 'one' })
      expect(utf8Decode(opened.plaintext)).toBe('{"vp_token":{}}')
      expect(opened.header).toMatchObject({ alg: 'ECDH-ES', enc: encryption, kid: 'one' })
    })
  }

  test('is opened by the key of RFC 7518 appendix C', async () => {
    const compact = await encryptJwe({
      plaintext: PLAINTEXT,
      recipient: recipientOf({ ...BOB }),
      encryption: 'A128GCM',
    })
    expect((await decryptJwe(compact, { privateJwk: BOB })).plaintext).toEqual(PLAINTEXT)
  })

  test('for another key, altered, or that names another key is not opened', async () => {
    const compact = await encryptJwe({ plaintext: PLAINTEXT, recipient, encryption: 'A256GCM' })
    const refused = { code: 'jwe/decryption' }
    await expect(decryptJwe(compact, { privateJwk: privateJwk() })).rejects.toMatchObject(refused)
    await expect(decryptJwe(compact, { privateJwk: own, kid: 'two' })).rejects.toMatchObject(
      refused,
    )
    const altered = compact.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))
    await expect(decryptJwe(altered, { privateJwk: own })).rejects.toMatchObject(refused)
  })

  const headers: Readonly<Record<string, JsonObject>> = {
    'JW17: zip': { alg: 'ECDH-ES', enc: 'A128GCM', zip: 'DEF' },
    'JW17: PBES2': { alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 2147483648 },
    crit: { alg: 'ECDH-ES', enc: 'A128GCM', crit: ['x'] },
    'an encryption that is not offered': { alg: 'ECDH-ES', enc: 'A128CBC-HS256' },
    'a wrapped key': { alg: 'ECDH-ES+A128KW', enc: 'A128GCM' },
  }
  for (const [name, header] of Object.entries(headers)) {
    test(`with ${name} is refused before anything is decrypted`, async () => {
      const compact = `${textToBase64url(JSON.stringify(header))}..AAAA.AAAA.AAAA`
      await expect(decryptJwe(compact, { privateJwk: own })).rejects.toMatchObject({
        code: 'jwe/format',
      })
    })
  }

  test('of another shape or size is refused', async () => {
    for (const compact of ['', 'a.b.c', `${'A'.repeat(131_073)}`]) {
      await expect(decryptJwe(compact, { privateJwk: own })).rejects.toMatchObject({
        code: 'jwe/format',
      })
    }
    const whole = await encryptJwe({ plaintext: PLAINTEXT, recipient, encryption: 'A128GCM' })
    await expect(
      decryptJwe(whole.replace('..', '.AAAA.'), { privateJwk: own }),
    ).rejects.toMatchObject({ code: 'jwe/format' })
  })
})

describe('a key to encrypt to', () => {
  test('goes through its JWK', () => {
    expect(encryptionKeyFromJwk(encryptionKeyToJwk(recipient))).toEqual(recipient)
  })

  const jwk = encryptionKeyToJwk(recipient)
  const wrong: Readonly<Record<string, JsonObject>> = {
    'a private key': { ...jwk, d: 'AAAA' },
    'a key for signing': { ...jwk, use: 'sig' },
    'another algorithm': { ...jwk, alg: 'ECDH-ES+A256KW' },
    'another curve': { ...jwk, crv: 'P-384' },
    'a point off the curve': { ...jwk, y: jwk['x'] ?? null },
    'an empty name': { ...jwk, kid: '' },
  }
  for (const [name, value] of Object.entries(wrong)) {
    test(`${name} is none`, () => {
      expect(() => encryptionKeyFromJwk(value)).toThrow(
        expect.objectContaining({ code: 'key/format' }),
      )
    })
  }
})
