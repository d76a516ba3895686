/** Encrypted requests and answers (OpenID4VCI 1.0 §8.2, §10), and signed metadata (§12.2.3). */
import {
  decodeJws,
  decryptJwe,
  encryptionKeyFromJwk,
  encryptJwe,
  isObject,
  type JsonObject,
  parseJson,
  publicKeyFromJwk,
  utf8Encode,
  verifyJws,
} from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  holderJwkText,
  holderSigner,
  issueFood,
  openWorld,
  proofOf,
  redeem,
  TYPES,
  type World,
} from '../../testing/test-world.ts'

let world: World
let accessToken: string
/** The wallet's key for answers. */
const walletJwk = objectOf(parseJson(holderJwkText('ES256')))

beforeAll(async () => {
  world = await openWorld()
  accessToken = await redeem(world, await issueFood(world, { serial: 'JWE1' }))
})
afterAll(() => world.close())

function objectOf(value: unknown): JsonObject {
  const parsed = parseJson(JSON.stringify(value))
  if (!isObject(parsed)) throw new TypeError('not an object')
  return parsed
}

async function metadata(): Promise<JsonObject> {
  return objectOf(await (await world.app.request('/.well-known/openid-credential-issuer')).json())
}

async function issuerKey() {
  const { credential_request_encryption: offered } = await metadata()
  const keys = isObject(offered) && isObject(offered['jwks']) ? offered['jwks']['keys'] : undefined
  return encryptionKeyFromJwk(objectOf(Array.isArray(keys) ? keys[0] : undefined))
}

/** The wallet's wish for an answer. */
function wish(changes: JsonObject = {}): JsonObject {
  const { d: _, ...jwk } = walletJwk
  return { jwk: { ...jwk, alg: 'ECDH-ES', use: 'enc', kid: 'w' }, enc: 'A256GCM', ...changes }
}

async function bodyFor(encryption: JsonObject | undefined): Promise<JsonObject> {
  return {
    credential_configuration_id: `${TYPES.food}.dc+sd-jwt`,
    proofs: { jwt: [await proofOf(world, holderSigner('ES256'))] },
    ...(encryption === undefined ? {} : { credential_response_encryption: encryption }),
  }
}

async function encrypted(body: JsonObject, encryption: 'A128GCM' | 'A256GCM' = 'A128GCM') {
  const plaintext = utf8Encode(JSON.stringify(body))
  return encryptJwe({ plaintext, recipient: await issuerKey(), encryption })
}

function send(body: string, mediaType: string): Promise<Response> | Response {
  return world.app.request('/openid/credential', {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': mediaType },
    body,
  })
}

describe('an encrypted request', () => {
  test('gets an encrypted answer, which only the wallet reads', async () => {
    const response = await send(await encrypted(await bodyFor(wish())), 'application/jwt')
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('application/jwt')
    const { header, plaintext } = await decryptJwe(await response.text(), {
      privateJwk: walletJwk,
    })
    expect(header).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'w' })
    const { credentials } = objectOf(parseJson(plaintext))
    expect(credentials).toHaveLength(1)
  })

  const refused = {
    'for another key': async () => {
      const { key } = await issuerKey()
      const plaintext = utf8Encode('{}')
      return encryptJwe({ plaintext, recipient: { key, kid: 'x' }, encryption: 'A128GCM' })
    },
    'that was altered': async () => {
      const text = await encrypted(await bodyFor(wish()))
      return `${text.slice(0, -1)}${text.endsWith('A') ? 'Q' : 'A'}`
    },
    'that wants an unknown encryption': async () =>
      encrypted(await bodyFor(wish({ enc: 'A128CBC-HS256' }))),
    'that wants compression': async () => encrypted(await bodyFor(wish({ zip: 'DEF' }))),
    'that sends a private key': async () =>
      encrypted(await bodyFor(wish({ jwk: { ...walletJwk, alg: 'ECDH-ES' } }))),
  }
  test.each(Object.entries(refused))('is refused %s', async (_, make) => {
    const response = await send(await make(), 'application/jwt')
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: 'invalid_encryption_parameters',
      code: 'openid/encryption',
    })
  })

  test('is what it takes for an encrypted answer', async () => {
    const response = await send(JSON.stringify(await bodyFor(wish())), 'application/json')
    expect(await codeOf(response)).toBe('openid/encryption')
  })
})

describe('signed metadata', () => {
  test('say what the plain ones say, for who asks for them', async () => {
    const response = await world.app.request('/.well-known/openid-credential-issuer', {
      headers: { Accept: 'application/jwt' },
    })
    expect(response.headers.get('Content-Type')).toBe('application/jwt')
    expect(response.headers.get('Vary')).toContain('Accept')
    const jws = decodeJws(await response.text())
    expect(jws.header['typ']).toBe('openidvci-issuer-metadata+jwt')
    await verifyJws(jws, publicKeyFromJwk(objectOf(jws.header['jwk'])))
    const { iss, sub, iat, ...rest } = objectOf(parseJson(jws.payload))
    const { apiOrigin } = world.services.config
    expect({ iss, sub, iat }).toEqual({ iss: apiOrigin, sub: apiOrigin, iat: world.services.now() })
    expect(rest).toEqual(await metadata())
  })
})
