import {
  decryptJwe,
  encryptionKeyFromJwk,
  encryptJwe,
  isObject,
  type JsonObject,
  parseJson,
  utf8Encode,
} from '@onetrip/codec'
import type { Http } from '@onetrip/ui'
import { beforeAll, describe, expect, test } from 'vitest'
import { notifyIssuer, requestCredentials } from './openid4vci.ts'
import { encryptionIn, type RequestEncryption } from './request-encryption.ts'

const ISSUER = 'https://issuer.example'
const ENC = ['A128GCM', 'A256GCM']

let privateJwk: JsonObject
let publicJwk: JsonObject
let encryption: RequestEncryption

beforeAll(async () => {
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'ECDH', namedCurve: 'P-256' },
    true,
    ['deriveBits'],
  )
  const {
    kty = '',
    crv = '',
    x = '',
    y = '',
    d = '',
  } = await crypto.subtle.exportKey('jwk', privateKey)
  privateJwk = { kty, crv, x, y, d }
  publicJwk = { kty, crv, x, y, use: 'enc', alg: 'ECDH-ES', kid: 'one' }
  const found = encryptionIn(metadata())
  if (found === undefined) throw new TypeError('encryption is offered')
  encryption = found
})

function metadata(changes: JsonObject = {}): JsonObject {
  return {
    credential_request_encryption: {
      jwks: { keys: [{ kty: 'RSA', n: 'x', e: 'AQAB' }, publicJwk] },
      enc_values_supported: ENC,
    },
    credential_response_encryption: {
      alg_values_supported: ['ECDH-ES'],
      enc_values_supported: ENC,
    },
    ...changes,
  }
}

/** Opens the request as the issuer does, and answers as `make` says. */
function issuer(
  make: (asked: JsonObject) => Promise<Response> | Response,
  seen: JsonObject[] = [],
): Http {
  return async (_, init) => {
    const { plaintext } = await decryptJwe(String(init.body), { privateJwk, kid: 'one' })
    const asked = parseJson(plaintext)
    if (!isObject(asked)) throw new TypeError('a request is an object')
    seen.push(asked)
    return make(asked)
  }
}

async function sealed(content: object, asked: JsonObject): Promise<Response> {
  const wish = asked['credential_response_encryption']
  const jwk = isObject(wish ?? null) ? Reflect.get(Object(wish), 'jwk') : undefined
  const jwe = await encryptJwe({
    plaintext: utf8Encode(JSON.stringify(content)),
    recipient: encryptionKeyFromJwk(jwk),
    encryption: 'A256GCM',
  })
  return new Response(jwe, { headers: { 'Content-Type': 'application/jwt' } })
}

function ask(http: Http) {
  return requestCredentials({
    endpoints: {
      credentialIssuer: ISSUER,
      tokenEndpoint: `${ISSUER}/token`,
      nonceEndpoint: `${ISSUER}/nonce`,
      credentialEndpoint: `${ISSUER}/credential`,
      batchSize: 1,
      configurations: new Map(),
      encryption,
    },
    accessToken: 'token',
    configurationId: 'food.jwt',
    proofs: ['a.b.c'],
    http,
    subtle: crypto.subtle,
  })
}

const GIVEN = { credentials: [{ credential: 'a.b.c~' }], notification_id: 'n1' }

describe('an issuer that offers encryption', () => {
  test('is asked under it and answers under it, with a fresh key each time', async () => {
    const seen: JsonObject[] = []
    const http = issuer((asked) => sealed(GIVEN, asked), seen)
    for (const _ of [1, 2]) {
      expect(await ask(http)).toEqual({ credentials: ['a.b.c~'], notificationId: 'n1' })
    }
    const wishes = seen.map((asked) => asked['credential_response_encryption'])
    expect(wishes[0]).toMatchObject({ enc: 'A256GCM', jwk: { alg: 'ECDH-ES', crv: 'P-256' } })
    expect(wishes[0]).not.toEqual(wishes[1])
    expect(JSON.stringify(wishes)).not.toContain('"d"')
  })

  test('is not believed when it answers plainly, for another key, or altered', async () => {
    const plain = issuer(() => Response.json(GIVEN))
    await expect(ask(plain)).rejects.toMatchObject({ code: 'network/not-json' })
    const other = { credential_response_encryption: { jwk: publicJwk } }
    const elsewhere = issuer(() => sealed(GIVEN, other))
    await expect(ask(elsewhere)).rejects.toMatchObject({ code: 'issuer/answer' })
    const altered = issuer(async (asked) => {
      const text = await (await sealed(GIVEN, asked)).text()
      const bad = `${text.slice(0, -4)}AAAA`
      return new Response(bad, { headers: { 'Content-Type': 'application/jwt' } })
    })
    await expect(ask(altered)).rejects.toMatchObject({ code: 'issuer/answer' })
  })

  test('may refuse plainly', async () => {
    const http = issuer(() => Response.json({ error: 'invalid_nonce' }, { status: 400 }))
    await expect(ask(http)).rejects.toMatchObject({ code: 'issuer/nonce-refused' })
  })

  test('in a way that we do not have is asked plainly', () => {
    const keyless = { jwks: { keys: [] }, enc_values_supported: ENC }
    const cases: readonly JsonObject[] = [
      { credential_response_encryption: null },
      { credential_request_encryption: keyless },
      {
        credential_response_encryption: {
          alg_values_supported: ['RSA-OAEP-256'],
          enc_values_supported: ENC,
        },
      },
      {
        credential_response_encryption: {
          alg_values_supported: ['ECDH-ES'],
          enc_values_supported: ['A128CBC-HS256'],
        },
      },
    ]
    for (const changes of cases) expect(encryptionIn(metadata(changes))).toBeUndefined()
  })
})

describe('an issuer that wants to hear what became of it', () => {
  test('is told by the id that it gave, under the same token', async () => {
    const told: RequestInit[] = []
    await notifyIssuer({
      endpoint: `${ISSUER}/notification`,
      accessToken: 'token',
      notificationId: 'n1',
      event: 'credential_accepted',
      http: async (_, init) => {
        told.push(init)
        return new Response(null, { status: 204 })
      },
    })
    expect(told).toMatchObject([
      {
        method: 'POST',
        headers: { authorization: 'Bearer token' },
        body: '{"notification_id":"n1","event":"credential_accepted"}',
      },
    ])
  })
})
