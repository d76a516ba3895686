import {
  fromHex,
  isObject,
  type JsonObject,
  parseJson,
  sha256,
  signJws,
  utf8Encode,
} from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { codeOf, newSigner } from '../samples/testkit.ts'
import { committedNonce, requestCommitment, SALT_MEMBER } from './openid4vp-commitment.ts'
import { parseVpRequest, signVpRequest, x509HashClientId } from './openid4vp-request.ts'

const CERTIFICATE = Uint8Array.of(0x30, 0x03, 0xfb, 0xff, 0xfe)
const signer = newSigner('ES256')
const SHOWN = {
  salt: new Uint8Array(16).fill(7),
  clientId: x509HashClientId(CERTIFICATE),
  certificate: CERTIFICATE,
  responseUri: 'https://a.example/r',
  issuedAt: 1_796_087_400,
  expiresAt: 1_796_087_700,
  matter: 'm',
  purpose: '用途',
  query: { credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['v'] } }] },
} as const

/** The request object after its payload was changed; `undefined` leaves a member out. */
async function restated(changes: Readonly<Record<string, JsonObject[string] | undefined>>) {
  const compact = await signVpRequest({ ...SHOWN, responseMode: 'direct_post', signer })
  const { header, payload } = parseVpRequest(compact).jws
  const { alg: _added, ...rest } = header
  const stated = parseJson(payload)
  if (!isObject(stated)) throw new TypeError('a payload is an object')
  const merged = Object.entries({ ...stated, ...changes })
  const kept = merged.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return signJws({ header: rest, payload: Object.fromEntries(kept), signer })
}

describe('the commitment of a request', () => {
  test('is SHA-256 over one array of deterministic CBOR', () => {
    const text = (value: string): string => {
      const bytes = utf8Encode(value)
      const head = bytes.length < 24 ? [0x60 + bytes.length] : [0x78, bytes.length]
      return Buffer.from([...head, ...bytes]).toString('hex')
    }
    const time = (value: number): string => `1a${value.toString(16)}`
    const bytes = Buffer.concat([
      // [context, salt, client_id, SHA-256 of the certificate, response_uri, iat, exp, matter, purpose, query]
      fromHex(`8a${text('onetrip-vp-nonce-1')}50${'07'.repeat(16)}`),
      fromHex(`${text(SHOWN.clientId)}5820`),
      sha256(CERTIFICATE),
      fromHex(`${text(SHOWN.responseUri)}${time(SHOWN.issuedAt)}${time(SHOWN.expiresAt)}`),
      fromHex(`${text('m')}${text('用途')}a1${text('credentials')}81a3`),
      // Keys by their bytes: the shortest first.
      fromHex(`${text('id')}${text('a')}${text('meta')}a1${text('vct_values')}81${text('v')}`),
      fromHex(`${text('format')}${text('dc+sd-jwt')}`),
    ])
    expect(requestCommitment(SHOWN)).toEqual(sha256(new Uint8Array(bytes)))
  })

  const others: Readonly<Record<string, object>> = {
    salt: { salt: new Uint8Array(16) },
    client: { clientId: 'x509_san_dns:a.example' },
    certificate: { certificate: CERTIFICATE.with(4, 0) },
    'place of the answer': { responseUri: 'https://a.example/s' },
    beginning: { issuedAt: SHOWN.issuedAt - 1 },
    end: { expiresAt: SHOWN.expiresAt + 1 },
    matter: { matter: 'n' },
    purpose: { purpose: '用途。' },
    'word between matter and purpose': { matter: 'm用', purpose: '途' },
    query: { query: { ...SHOWN.query, credential_sets: [] } },
  }
  test.each(Object.entries(others))('changes with another %s', (_, change) => {
    expect(committedNonce({ ...SHOWN, ...change })).not.toBe(committedNonce(SHOWN))
  })

  test('does not change with the order of members in the query', () => {
    const [credential] = SHOWN.query.credentials
    const { id, format, meta } = credential
    const query = { credentials: [{ meta, format, id }] }
    expect(committedNonce({ ...SHOWN, query })).toBe(committedNonce(SHOWN))
  })
})

describe('a request object', () => {
  test('says whether its nonce commits to it', async () => {
    expect(parseVpRequest(await restated({}))).toMatchObject({
      isCommitted: true,
      nonce: committedNonce(SHOWN),
    })
    const changes: readonly Readonly<Record<string, JsonObject[string] | undefined>>[] = [
      { onetrip_matter: 'n' },
      { onetrip_purpose: undefined },
      { [SALT_MEMBER]: undefined },
      { [SALT_MEMBER]: 'A'.repeat(22) },
      { nonce: 'n-0S6_WzA2Mj' },
      { response_uri: 'https://a.example/s' },
      { iat: SHOWN.issuedAt + 1 },
      { dcql_query: { credentials: [{ ...SHOWN.query.credentials[0], id: 'b' }] } },
    ]
    for (const change of changes) {
      expect(parseVpRequest(await restated(change)).isCommitted).toBe(false)
    }
  })

  test('of numbers that are no whole ones is committed to as every other', async () => {
    const claims = [{ path: ['x'], values: [1.5, -0, 'y', true] }]
    const query = { credentials: [{ ...SHOWN.query.credentials[0], claims }] }
    const compact = await signVpRequest({ ...SHOWN, query, responseMode: 'direct_post', signer })
    expect(parseVpRequest(compact).isCommitted).toBe(true)
  })

  test.each(['', 'A'.repeat(21), `${'A'.repeat(21)}*`, 7])(
    'with the salt %s is of no form',
    async (salt) => {
      const compact = await restated({ [SALT_MEMBER]: salt })
      expect(await codeOf(() => parseVpRequest(compact))).toBe('request/format')
    },
  )
})
