import {
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  publicKeyToJwk,
  signJws,
  verifyJws,
} from '@onetrip/codec'
import { foodLicenceOfSample, sampleLicences } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { codeOf, issueInput, issueSdJwt, newKeys, seededRandom } from '../samples/testkit.ts'
import { encodeJsonDisclosure, jsonDisclosureDigest } from './json-disclosures.ts'
import { readClaims } from './licence-claims.ts'
import { openSdJwt, parseSdJwt } from './sd-jwt.ts'
import { buildSdJwt } from './sd-jwt-issue.ts'

const keys = newKeys('ES256')
const input = issueInput(foodLicenceOfSample, keys)

describe('issuing', () => {
  test.each(sampleLicences)('$holder $typeCode: everything comes back', async (sample) => {
    const own = issueInput(sample, keys)
    const { jws, claims } = parseSdJwt(await issueSdJwt(own, keys.issuer))
    await verifyJws(jws, keys.issuer.publicKey)
    const { serial, version, validFrom, validTo } = sample.facts
    expect(claims).toMatchObject({
      iss: own.issuerUrl,
      vct: own.type.vct,
      serial,
      version,
      validFrom,
    })
    expect(claims.validTo).toBe(validTo)
    expect(claims.status).toEqual(own.status)
    expect(claims.holderKey).toEqual(keys.holder.publicKey)
    expect(claims.hiddenCount).toBe(0)
    const read = readClaims(own.type, claims.raw).map(({ name, value }) => [name, value])
    expect(Object.fromEntries(read)).toEqual(sample.facts.claims)
  })

  test('header and payload are those of an SD-JWT VC', () => {
    const { header, payload } = buildSdJwt(input)
    expect(header['typ']).toBe('dc+sd-jwt')
    expect(String(header['kid'])).toMatch(/^[\w-]{11}$/)
    const names = ['iss', 'iat', 'exp', 'vct', 'cnf', 'status', 'serial', 'validFrom', 'validTo']
    const expected = [...names, 'name', 'uscc', '_sd', '_sd_alg'].sort()
    expect(Object.keys(payload).sort()).toEqual(expected)
  })

  test('times are rounded down to the hour; salts differ; digests are sorted (SD15)', () => {
    const { payload, disclosures } = buildSdJwt({ ...input, issuedAt: input.issuedAt + 3599 })
    expect(Number(payload['iat']) % 3600).toBe(0)
    expect(Number(payload['exp']) % 3600).toBe(0)
    const salts = disclosures.map((text) => (parts(text) as readonly JsonValue[])[0])
    expect(new Set(salts).size).toBe(8)
    const digests = payload['_sd'] as readonly string[]
    expect([...digests].sort()).toEqual(digests)
  })

  test('randomness is drawn once', () => {
    let calls = 0
    const random = (length: number): Uint8Array => {
      calls++
      return seededRandom('once')(length)
    }
    buildSdJwt({ ...input, random })
    expect(calls).toBe(1)
  })

  test('a later version names itself', async () => {
    const facts = { ...foodLicenceOfSample.facts, version: 2 }
    const { claims } = parseSdJwt(await issueSdJwt({ ...input, facts }, keys.issuer))
    expect(claims.version).toBe(2)
  })

  test('a life over 400 days is the caller at fault', () => {
    const expiresAt = input.issuedAt + 401 * 86_400
    expect(() => buildSdJwt({ ...input, expiresAt })).toThrow(TypeError)
    expect(() => buildSdJwt({ ...input, expiresAt: input.issuedAt })).toThrow(TypeError)
  })
})

describe('shape of the text (SD13)', () => {
  test.each<[string, (text: string) => string, string]>([
    ['no last ~', (text) => text.slice(0, -1), 'sd-jwt/format'],
    ['~~', (text) => text.replace('~', '~~'), 'sd-jwt/format'],
    ['~~ at the end', (text) => `${text}~`, 'sd-jwt/format'],
    ['a bare JWT', (text) => text.split('~')[0] ?? '', 'sd-jwt/format'],
    ['nothing', () => '', 'sd-jwt/format'],
    ['only ~', () => '~', 'jws/format'],
    ['over 65,536 characters', (text) => text + 'a'.repeat(65_536), 'sd-jwt/limit'],
    ['257 disclosures', (text) => `${text}${'WyJhIiwxXQ~'.repeat(257)}`, 'sd-jwt/limit'],
  ])('%s', async (_name, change, code) => {
    const text = await issueSdJwt(input, keys.issuer)
    expect(await codeOf(() => parseSdJwt(change(text)))).toBe(code)
  })
})

describe('required claims (SD08) and their types', () => {
  const whole = (): Record<string, JsonValue> => ({
    ...buildSdJwt(input).payload,
    cnf: { jwk: publicKeyToJwk(keys.holder.publicKey) },
  })

  test.each(['iss', 'exp', 'cnf', 'vct', 'status', 'serial', 'validFrom'])(
    '%s made disclosable, withheld and shown',
    async (name) => {
      const { [name]: value, ...payload } = whole()
      const disclosure = encodeJsonDisclosure(seededRandom('sd08')(16), value ?? null, name)
      payload['_sd'] = [jsonDisclosureDigest(disclosure)]
      expect(await codeOf(() => parse(payload, []))).toBe('sd-jwt/required-claim-hidden')
      expect(await codeOf(() => parse(payload, [disclosure]))).toBe('sd-jwt/required-claim-hidden')
    },
  )

  test.each(['iat', 'nbf', 'validTo', 'licenceVersion', 'seal'])(
    '%s made disclosable and shown',
    async (name) => {
      const { [name]: value, ...payload } = whole()
      const disclosure = encodeJsonDisclosure(seededRandom('sd08')(16), value ?? 1, name)
      payload['_sd'] = [jsonDisclosureDigest(disclosure)]
      expect(await codeOf(() => parse(payload, [disclosure]))).toBe('sd-jwt/required-claim-hidden')
    },
  )

  test.each<[string, JsonObject, string]>([
    ['exp as text (JW09)', { exp: '1900000000' }, 'time/format'],
    ['exp null (JW09)', { exp: null }, 'time/format'],
    ['exp negative (JW09)', { exp: -1 }, 'time/format'],
    ['exp in milliseconds (JW09)', { exp: 1_900_000_000_000 }, 'time/format'],
    ['exp with a fraction', { exp: 1_900_000_000.5 }, 'time/format'],
    ['iat as text', { iat: '1' }, 'time/format'],
    ['iss that is no text', { iss: ['https://a.example'] }, 'credential/format'],
    ['vct empty', { vct: '' }, 'credential/format'],
    ['serial in lower case', { serial: 'jy1' }, 'credential/format'],
    ['version 1.5', { licenceVersion: 1.5 }, 'credential/format'],
    ['validFrom that is no day', { validFrom: '2026-02-30' }, 'time/format'],
    ['cnf without jwk', { cnf: { kid: 'x' } }, 'credential/format'],
    [
      'cnf with a private key',
      { cnf: { jwk: { ...publicKeyToJwk(keys.holder.publicKey), d: 'AA' } } },
      'key/format',
    ],
    ['status without list', { status: {} }, 'status/format'],
    ['a seal of 7 bytes', { seal: 'AAAAAAAAAA' }, 'claim/format'],
    [
      'status index as text (ST02)',
      { status: { status_list: { idx: '5', uri: 'https://a.example/1' } } },
      'status/index',
    ],
  ])('%s', async (_name, changed, code) => {
    expect(await codeOf(() => parse({ ...whole(), ...changed }, []))).toBe(code)
  })

  test.each(['exp', 'iss', 'cnf'])('%s missing where nothing is hidden', async (name) => {
    const { [name]: _, _sd, _sd_alg, ...payload } = whole()
    const code = name === 'exp' ? 'time/format' : 'credential/format'
    expect(await codeOf(() => parse(payload, []))).toBe(code)
  })

  test.each(['vc+sd-jwt', 'kb+jwt', 'JWT', 'statuslist+jwt', undefined])('typ %s', async (typ) => {
    const header = typ === undefined ? {} : { typ }
    const jwt = await signJws({ header, payload: whole(), signer: keys.issuer })
    expect(await codeOf(() => parseSdJwt(`${jwt}~`))).toBe('credential/wrong-type')
  })

  test('a payload that is no object', async () => {
    const payload = new TextEncoder().encode('[]')
    const jwt = await signJws({ header: { typ: 'dc+sd-jwt' }, payload, signer: keys.issuer })
    expect(await codeOf(() => openSdJwt(`${jwt}~`))).toBe('sd-jwt/format')
  })

  async function parse(payload: JsonObject, disclosures: readonly string[]): Promise<unknown> {
    const jwt = await signJws({ header: { typ: 'dc+sd-jwt' }, payload, signer: keys.issuer })
    return parseSdJwt(`${[jwt, ...disclosures].join('~')}~`)
  }
})

function parts(disclosure: string): JsonValue {
  const value = parseJson(Buffer.from(disclosure, 'base64url').toString('utf8'))
  expect(isObject(value)).toBe(false)
  return value
}
