import {
  decryptJwe,
  encryptionKeyToJwk,
  isObject,
  type JsonObject,
  parseJson,
  publicKeyFromJwk,
  type Signer,
  signJws,
  textToBase64url,
  utf8Decode,
} from '@onetrip/codec'
import { licenceTypes } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { WANTS } from '../samples/asking.ts'
import { codeOf, newPrivateJwk, newSigner } from '../samples/testkit.ts'
import { committedNonce } from './openid4vp-commitment.ts'
import { queryIdsOf, queryOfWants } from './openid4vp-query.ts'
import {
  parseClientId,
  parseVpRequest,
  signVpRequest,
  type VpRequestInput,
  x509HashClientId,
} from './openid4vp-request.ts'
import { buildVpResponse, declineVpRequest, parseVpToken } from './openid4vp-response.ts'
import { matterTransaction, transactionHash, transactionsFor } from './openid4vp-transaction.ts'
import { parseTypeDefinition } from './type-definition.ts'

const TYPES = licenceTypes.map((type) => parseTypeDefinition(type))
const signer: Signer = newSigner('ES256')
const answerJwk = newPrivateJwk('ES256')
const { d: _private, ...answerPublic } = answerJwk
const encryption = {
  keys: [{ key: publicKeyFromJwk(answerPublic), kid: 'k1' }],
  encryptions: ['A128GCM', 'A256GCM'],
} as const
const CERTIFICATE = Uint8Array.of(0x30, 0x03, 0xfb, 0xff, 0xfe)
const input: VpRequestInput = {
  clientId: x509HashClientId(CERTIFICATE),
  responseUri: 'https://verify.onetrip.example/responses/1',
  responseMode: 'direct_post',
  salt: new Uint8Array(16).fill(7),
  issuedAt: 1_796_087_400,
  expiresAt: 1_796_087_700,
  matter: 'open-restaurant',
  purpose: '办理食品经营许可新办',
  query: queryOfWants(WANTS, TYPES),
  certificate: CERTIFICATE,
  signer,
}

async function payloadOf(changes: Partial<VpRequestInput> = {}): Promise<JsonObject> {
  const payload = parseJson(
    parseVpRequest(await signVpRequest({ ...input, ...changes })).jws.payload,
  )
  if (!isObject(payload)) throw new TypeError('a payload is an object')
  return payload
}

/** The code of a request whose payload and header were changed; `undefined` leaves a member out. */
async function codeWith(
  changes: Readonly<Record<string, JsonObject[string] | undefined>>,
  header: JsonObject = {},
): Promise<string> {
  const merged = Object.entries({ ...(await payloadOf()), ...changes })
  const payload: JsonObject = Object.fromEntries(
    merged.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  const x5c = [Buffer.from(CERTIFICATE).toString('base64')]
  const jws = await signJws({
    header: { typ: 'oauth-authz-req+jwt', x5c, ...header },
    payload,
    signer,
  })
  return codeOf(() => parseVpRequest(jws))
}

describe('a request object', () => {
  test('is parsed to what it was made from', async () => {
    const parsed = parseVpRequest(
      await signVpRequest({
        ...input,
        state: 's',
        walletNonce: 'w',
        responseMode: 'direct_post.jwt',
        encryption,
      }),
    )
    expect(parsed).toMatchObject({
      clientId: input.clientId,
      client: { prefix: 'x509_hash' },
      responseMode: 'direct_post.jwt',
      nonce: committedNonce(input),
      isCommitted: true,
      state: 's',
      walletNonce: 'w',
      matter: input.matter,
      purpose: input.purpose,
      encryption,
    })
    expect(parsed.certificates).toEqual([CERTIFICATE])
  })

  test('changed in no way is taken', async () => {
    expect(await codeWith({})).toBe('none')
  })

  const wrong: Readonly<Record<string, Readonly<Record<string, JsonObject[string] | undefined>>>> =
    {
      'no audience': { aud: undefined },
      'another response type': { response_type: 'code' },
      'another response mode': { response_mode: 'fragment' },
      'a redirect': { redirect_uri: 'https://verify.onetrip.example' },
      'a request within': { request_uri: 'https://verify.onetrip.example/2' },
      'a nonce with a space': { nonce: 'a b' },
      'no query': { dcql_query: undefined },
      'no response address': { response_uri: undefined },
      'a response address with a fragment': { response_uri: 'https://a.example/#b' },
      'encryption without a key': { response_mode: 'direct_post.jwt' },
      'a purpose that turns round': { onetrip_purpose: 'a\u202eb' },
    }
  for (const [name, changes] of Object.entries(wrong)) {
    test(`with ${name} is refused`, async () => {
      expect(await codeWith(changes)).toBe('request/format')
    })
  }

  test('of another type, client or time is refused', async () => {
    expect(await codeWith({}, { typ: 'JWT' })).toBe('request/wrong-type')
    expect(await codeWith({ client_id: 'https://verifier.example' })).toBe('request/client')
    expect(await codeWith({ exp: undefined })).toBe('time/format')
    expect(await codeWith({}, { x5c: [] })).toBe('request/format')
    expect(await codeWith({}, { x5c: ['_-__'] })).toBe('request/format')
  })

  test('origin: and other prefixes are no client of ours', async () => {
    for (const id of [
      'origin:https://a.example',
      'redirect_uri:https://a.example',
      'x509_hash:',
      '',
    ]) {
      expect(await codeOf(() => parseClientId(id))).toBe('request/client')
    }
    expect(parseClientId('x509_san_dns:a.example')).toEqual({
      prefix: 'x509_san_dns',
      value: 'a.example',
    })
  })

  test('keys for other wallets and encryptions that are not ours are passed over', async () => {
    const jwk = encryptionKeyToJwk(encryption.keys[0])
    const metadata = {
      jwks: { keys: [{ kty: 'RSA', alg: 'RSA-OAEP', n: 'AQAB', e: 'AQAB' }, jwk] },
      encrypted_response_enc_values_supported: ['A128CBC-HS256', 'A256GCM'],
    }
    const changes = { response_mode: 'direct_post.jwt', client_metadata: metadata }
    expect(await codeWith(changes)).toBe('none')
    const none = { ...metadata, encrypted_response_enc_values_supported: ['A128CBC-HS256'] }
    expect(await codeWith({ ...changes, client_metadata: none })).toBe('request/format')
  })
})

describe('transaction data', () => {
  const ids = queryIdsOf(WANTS)
  const text = matterTransaction({ credentialIds: ids, matter: 'm', purpose: 'p' })
  const textOf = (members: object): string =>
    textToBase64url(
      JSON.stringify({
        type: 'urn:onetrip:matter:1',
        credential_ids: ids,
        matter: 'm',
        purpose: 'p',
        ...members,
      }),
    )

  test('are hashed as received, and concern the credentials that they name', async () => {
    const { transactions } = parseVpRequest(
      await signVpRequest({ ...input, transactionData: [text] }),
    )
    expect(transactions).toEqual([{ text, credentialIds: ids, matter: 'm', purpose: 'p' }])
    expect(transactionsFor(transactions, ids[0] ?? '')).toEqual([text])
    expect(transactionsFor(transactions, 'other')).toEqual([])
    expect(transactionHash(textOf({ more: ' ' }))).not.toBe(transactionHash(text))
  })

  const wrong: Readonly<Record<string, JsonObject[string]>> = {
    'a type that is not known': [textOf({ type: 'payment' })],
    'a credential that is not asked': [textOf({ credential_ids: ['x'] })],
    'another hash': [textOf({ transaction_data_hashes_alg: ['sha-512'] })],
    'no text': [1],
    'no base64url': ['{}'],
    'an empty list': [],
  }
  for (const [name, value] of Object.entries(wrong)) {
    test(`${name} is refused`, async () => {
      expect(await codeWith({ transaction_data: value })).toBe('request/transaction-data')
    })
  }
})

describe('an answer', () => {
  const parts = [{ queryId: 'identity', presentation: 'a~b' }]

  test('goes plain or encrypted, with the state', async () => {
    expect(await buildVpResponse({ state: 's' }, parts)).toEqual({
      vp_token: '{"identity":["a~b"]}',
      state: 's',
    })
    const { response = '' } = await buildVpResponse({ encryption }, parts)
    const { header, plaintext } = await decryptJwe(response, { privateJwk: answerJwk, kid: 'k1' })
    expect(header['enc']).toBe('A128GCM')
    expect(utf8Decode(plaintext)).toBe('{"vp_token":{"identity":["a~b"]}}')
    expect(declineVpRequest({})).toEqual({ error: 'access_denied' })
    await expect(buildVpResponse({}, [])).rejects.toThrow(TypeError)
  })

  test('is read from an object, or from its text', () => {
    expect(parseVpToken('{"identity":["a~b"]}')).toEqual(parts)
    expect(parseVpToken({ identity: ['a~b'] })).toEqual(parts)
  })

  test('of another shape is refused', async () => {
    for (const token of [
      undefined,
      [],
      {},
      { identity: 'a~b' },
      { identity: [] },
      { identity: ['a', 'b'] },
      { identity: [1] },
    ]) {
      expect(await codeOf(() => parseVpToken(token))).toBe('answer/format')
    }
  })
})
