import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signerFromPrivateJwk } from '#platform'
import { fromBase64url, toBase64url, utf8Decode, utf8Encode } from './bytes.ts'
import { parseJson } from './json.ts'
import { decodeJws, jwsSigningInput, signJws, verifyJws } from './jws.ts'
import { RFC7515_JWK, RFC8037_JWK } from './rfc-sample-keys.ts'

const ed25519 = signerFromPrivateJwk(RFC8037_JWK)
const es256 = signerFromPrivateJwk(RFC7515_JWK)
const SIGNATURE = toBase64url(new Uint8Array(64))

const RFC8037_A4 =
  'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'
const RFC7515_A3 =
  'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q'

describe('signing and verifying', () => {
  test('the examples of RFC 8037 appendix A.4 and RFC 7515 appendix A.3 verify', async () => {
    await verifyJws(decodeJws(RFC8037_A4), ed25519.publicKey)
    await verifyJws(decodeJws(RFC7515_A3), es256.publicKey)
  })

  test.each([
    [ed25519, 'Ed25519'],
    [es256, 'ES256'],
  ])('what is signed verifies: $publicKey.algorithm', async (signer, alg) => {
    const header = { typ: 'dc+sd-jwt', kid: toBase64url(signer.publicKey.kid) }
    const jws = decodeJws(await signJws({ header, payload: { a: '证照' }, signer }))
    await verifyJws(jws, signer.publicKey)
    expect({ ...jws.header }).toEqual({ alg, ...header })
    expect(jws.kid).toBe(header.kid)
    expect(utf8Decode(jws.payload)).toBe('{"a":"证照"}')
  })

  test('bytes are signed as they are', async () => {
    const payload = fromBase64url('AAEC_w')
    const jws = decodeJws(await signJws({ header: {}, payload, signer: ed25519 }))
    expect(jws.payload).toEqual(payload)
    expect(jws.kid).toBeUndefined()
  })

  test('alg is added, never passed; ES384 is never signed with', () => {
    const draft = { header: {}, payload: {} }
    expect(() => jwsSigningInput({ ...draft, algorithm: 'ES384' })).toThrow(
      code('algorithm/not-allowed'),
    )
    const named = { ...draft, header: { alg: 'none' } }
    expect(() => jwsSigningInput({ ...named, algorithm: 'ES256' })).toThrow(TypeError)
  })
})

describe('bad input', () => {
  test.each(['none', 'None', 'NONE', undefined, null, 1, '', 'eddsa', 'HS256', 'RS256', 'ES512'])(
    'JW01, JW02 alg %s',
    (alg) => {
      const header = JSON.stringify(alg === undefined ? {} : { alg })
      for (const signature of ['', SIGNATURE]) {
        expect(() => decodeJws(compact(header, '{}', signature))).toThrow(
          code('algorithm/not-allowed'),
        )
      }
    },
  )

  test("JW02 a MAC made with the public key's bytes", () => {
    const input = compact('{"alg":"HS256"}', '{}', '').slice(0, -1)
    const mac = createHmac('sha256', ed25519.publicKey.raw).update(input).digest('base64url')
    expect(() => decodeJws(`${input}.${mac}`)).toThrow(code('algorithm/not-allowed'))
  })

  test('alg of another key than the one given', async () => {
    const jws = decodeJws(await signJws({ header: {}, payload: {}, signer: ed25519 }))
    await rejects(verifyJws(jws, es256.publicKey), 'algorithm/not-allowed')
  })

  test("JW03 keys in the header are ignored: another's signature stays invalid", async () => {
    const { d: _d, ...jwk } = RFC8037_JWK
    const header = {
      jwk,
      jku: 'https://attacker.example/',
      x5c: ['AAAA'],
      x5u: 'https://a.example/',
    }
    const jws = decodeJws(await signJws({ header, payload: {}, signer: ed25519 }))
    const other = signerFromPrivateJwk({
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs',
      x: 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw',
    })
    await rejects(verifyJws(jws, other.publicKey), 'signature/invalid')
  })

  test.each<[string, string, string]>([
    ['JW07 alg twice', '{"alg":"none","alg":"EdDSA"}', 'json/duplicate-key'],
    ['JW12 crit', '{"alg":"EdDSA","crit":["x"]}', 'jws/critical-header'],
    ['JW12 b64', '{"alg":"EdDSA","b64":false,"crit":["b64"]}', 'jws/critical-header'],
    ['JW12 b64 alone', '{"alg":"EdDSA","b64":true}', 'jws/critical-header'],
    ['JW12 crit empty', '{"alg":"EdDSA","crit":[]}', 'jws/critical-header'],
    ['JW12 crit null', '{"alg":"EdDSA","crit":null}', 'jws/critical-header'],
    ['JW13 __proto__', '{"alg":"EdDSA","__proto__":{}}', 'json/key-not-allowed'],
    ['JW14 deep', `{"alg":"EdDSA","x":${'['.repeat(20_000)}`, 'json/too-deep'],
    ['JW15 byte order mark', '\u{feff}{"alg":"EdDSA"}', 'json/format'],
    ['no JSON', 'alg', 'json/format'],
    ['an array', '["EdDSA"]', 'jws/format'],
    ['kid as a number', '{"alg":"EdDSA","kid":1}', 'jws/format'],
  ])('header: %s', (_name, header, expected) => {
    expect(() => decodeJws(compact(header, '{}', SIGNATURE))).toThrow(code(expected))
  })

  test.each<[string, string, string]>([
    ['JW07 sub twice', '{"sub":"a","sub":"b"}', 'json/duplicate-key'],
    ['JW13 __proto__', '{"__proto__":{"role":"admin"}}', 'json/key-not-allowed'],
    ['JW14 200,000 deep', '['.repeat(200_000), 'json/too-deep'],
    ['JW15 byte order mark', '\u{feff}{}', 'json/format'],
  ])('payload in a valid signature: %s', async (_name, text, expected) => {
    const payload = utf8Encode(text)
    const jws = decodeJws(await signJws({ header: {}, payload, signer: ed25519 }), {
      maxCharacters: 400_000,
    })
    await verifyJws(jws, ed25519.publicKey)
    expect(() => parseJson(jws.payload)).toThrow(code(expected))
    expect(Object.hasOwn(Object.prototype, 'role')).toBe(false)
  })

  test.each<[string, string, string]>([
    ['nothing', '', 'jws/format'],
    ['two parts', 'a.b', 'jws/format'],
    ['four parts', 'a.b.c.d', 'jws/format'],
    ['six parts', 'a.b.c.d.e.f', 'jws/format'],
    ['JW17 a JWE', 'eyJhbGciOiJkaXIiLCJ6aXAiOiJERUYifQ..a.b.c', 'format/unsupported'],
    ['JSON form', '{"payload":"","protected":"","signature":""}', 'jws/format'],
    ['a space in front', ` ${RFC8037_A4}`, 'encoding/base64url'],
    ['a line end', `${RFC8037_A4}\n`, 'encoding/base64url'],
    ['padding', `${RFC8037_A4}==`, 'encoding/base64url'],
    ['unused bits', `${RFC8037_A4.slice(0, -1)}h`, 'encoding/base64url'],
    ['64 KiB and one', 'a'.repeat(65_537), 'jws/limit'],
  ])('form: %s', (_name, text, expected) => {
    expect(() => decodeJws(text)).toThrow(code(expected))
  })

  test.each([0, 63, 65])('a signature of %d bytes', async (length) => {
    const input = RFC8037_A4.slice(0, RFC8037_A4.lastIndexOf('.'))
    const jws = decodeJws(`${input}.${toBase64url(new Uint8Array(length))}`)
    await rejects(verifyJws(jws, ed25519.publicKey), 'signature/format')
  })

  test('any changed character is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: RFC8037_A4.length - 1 }),
        fc.base64String(),
        async (at, by) => {
          const character = by[0] ?? '.'
          fc.pre(character !== RFC8037_A4[at])
          const text = RFC8037_A4.slice(0, at) + character + RFC8037_A4.slice(at + 1)
          const verified = async (): Promise<void> => verifyJws(decodeJws(text), ed25519.publicKey)
          await expect(verified()).rejects.toMatchObject({ name: 'Fault' })
        },
      ),
    )
  })
})

function compact(header: string, payload: string, signature: string): string {
  const part = (text: string): string => toBase64url(utf8Encode(text))
  return `${part(header)}.${part(payload)}.${signature}`
}

function code(expected: string): unknown {
  return expect.objectContaining({ code: expected })
}

async function rejects(promise: Promise<unknown>, expected: string): Promise<void> {
  await expect(promise).rejects.toMatchObject({ code: expected })
}
