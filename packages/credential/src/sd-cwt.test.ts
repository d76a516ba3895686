import {
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  compareBytes,
  decodeCbor,
  decodeSign1,
  encodeCbor,
  isArray,
  isBytes,
  isMap,
  REDACTED_KEYS,
  signSign1,
  verifySign1,
} from '@onetrip/codec'
import { foodLicenceOfSample, sampleLicences } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { codeOf, issueInput, issueSdCwt, newKeys, seededRandom } from '../samples/testkit.ts'
import { cborDisclosureDigest, encodeCborDisclosure } from './cbor-disclosures.ts'
import { CLAIM, LICENCE } from './labels.ts'
import { readClaims } from './licence-claims.ts'
import { parseSdCwt } from './sd-cwt.ts'
import { buildSdCwt } from './sd-cwt-issue.ts'

const keys = newKeys('Ed25519')
const input = issueInput(foodLicenceOfSample, keys)

describe('issuing', () => {
  test.each(sampleLicences)('$holder $typeCode: everything comes back', async (sample) => {
    const own = issueInput(sample, keys)
    const { sign1, claims } = parseSdCwt(await issueSdCwt(own, keys.issuer))
    await verifySign1(sign1, keys.issuer.publicKey)
    const { serial, version, validFrom, validTo } = sample.facts
    expect(claims).toMatchObject({
      iss: own.issuer,
      vct: own.type.typeCode,
      serial,
      version,
      validFrom,
    })
    expect(claims.validTo).toBe(validTo)
    expect(claims.typeVersion).toBe(1)
    expect(claims.status).toEqual(own.status)
    expect(claims.holderKey).toEqual(keys.holder.publicKey)
    expect(claims.hiddenCount).toBe(0)
    const read = readClaims(own.type, claims.raw).map(({ name, value }) => [name, value])
    expect(Object.fromEntries(read)).toEqual(sample.facts.claims)
  })

  test.each(['Ed25519', 'ES256'] as const)(
    'holder key %s, both algorithms of the issuer',
    async (holder) => {
      for (const algorithm of ['Ed25519', 'ES256'] as const) {
        const own = newKeys(algorithm, holder)
        const bytes = await issueSdCwt(issueInput(foodLicenceOfSample, own), own.issuer)
        const { sign1, claims } = parseSdCwt(bytes)
        await verifySign1(sign1, own.issuer.publicKey)
        expect(claims.holderKey).toEqual(own.holder.publicKey)
      }
    },
  )

  test('header, labels and order are those of the agreement', () => {
    const { protectedBytes, payload } = buildSdCwt(input)
    const header = decodeCbor(protectedBytes)
    expect(header).toEqual(
      new Map<CborKey, CborValue>([
        [1, -19],
        [4, input.kid],
        [16, 293],
      ]),
    )
    const claims = mapIn(decodeCbor(payload, { redactedKeys: true }))
    expect([...claims.keys()]).toEqual([1, 4, 6, 8, 11, 65535, -65537])
    const licence = mapIn(claims.get(-65537))
    expect([...licence.keys()]).toEqual([1, 3, 4, 6, 7, REDACTED_KEYS])
  })

  test('times are rounded down to the hour; salts differ; digests are sorted (SD15)', () => {
    const { payload, disclosures } = buildSdCwt({ ...input, issuedAt: input.issuedAt + 3599 })
    const claims = mapIn(decodeCbor(payload, { redactedKeys: true }))
    expect(Number(claims.get(6)) % 3600).toBe(0)
    const salts = disclosures.map((bytes) => String(bytes.subarray(2, 18)))
    expect(new Set(salts).size).toBe(8)
    const digests = arrayIn(mapIn(claims.get(-65537)).get(REDACTED_KEYS)).filter(isBytes)
    expect([...digests].sort(compareBytes)).toEqual(digests)
  })

  test('a later version names itself; a life over 400 days is the caller at fault', async () => {
    const facts = { ...foodLicenceOfSample.facts, version: 2 }
    const { claims } = parseSdCwt(await issueSdCwt({ ...input, facts }, keys.issuer))
    expect(claims.version).toBe(2)
    const expiresAt = input.issuedAt + 401 * 86_400
    expect(() => buildSdCwt({ ...input, expiresAt })).toThrow(TypeError)
  })
})

describe('what is refused', () => {
  const draft = buildSdCwt(input)
  const whole = mapIn(decodeCbor(draft.payload, { redactedKeys: true }))
  const salt = seededRandom('sd08')(16)

  test.each([CLAIM.iss, CLAIM.exp, CLAIM.cnf, CLAIM.vct, CLAIM.status])(
    'SD08: claim %i made disclosable, withheld and shown',
    async (key) => {
      const disclosure = encodeCborDisclosure(salt, whole.get(key) ?? null, key)
      const payload = new Map(whole)
      payload.delete(key)
      payload.set(REDACTED_KEYS, [cborDisclosureDigest(disclosure)])
      expect(await codeOf(() => parse(payload, []))).toBe('sd-cwt/required-claim-hidden')
      expect(await codeOf(() => parse(payload, [disclosure]))).toBe('sd-cwt/required-claim-hidden')
    },
  )

  test.each(Object.values(LICENCE))(
    'SD08: licence key %i made disclosable and shown',
    async (key) => {
      const disclosure = encodeCborDisclosure(
        salt,
        mapIn(whole.get(CLAIM.licence)).get(key) ?? 1,
        key,
      )
      const licence = new Map(mapIn(whole.get(CLAIM.licence)))
      licence.delete(key)
      licence.set(REDACTED_KEYS, [cborDisclosureDigest(disclosure)])
      const payload = changed(CLAIM.licence, licence)
      expect(await codeOf(() => parse(payload, [disclosure]))).toBe('sd-cwt/required-claim-hidden')
    },
  )

  test.each<[string, CborMap, string]>([
    ['exp as text', changed(CLAIM.exp, '1900000000'), 'time/format'],
    ['exp in milliseconds', changed(CLAIM.exp, 1_900_000_000_000), 'time/format'],
    ['exp missing', without(CLAIM.exp), 'time/format'],
    ['iss as bytes', changed(CLAIM.iss, new Uint8Array(18)), 'credential/format'],
    ['vct as number', changed(CLAIM.vct, 38), 'credential/format'],
    ['cnf missing', without(CLAIM.cnf), 'credential/format'],
    ['cnf of a kid', changed(CLAIM.cnf, new Map([[3, new Uint8Array(8)]])), 'credential/format'],
    ['a licence that is no map', changed(CLAIM.licence, 'x'), 'credential/format'],
    ['no licence', without(CLAIM.licence), 'credential/format'],
    ['a serial in lower case', withLicence(LICENCE.serial, 'jy1'), 'credential/format'],
    ['version 1000', withLicence(LICENCE.version, 1000), 'credential/format'],
    ['validFrom as text', withLicence(LICENCE.validFrom, '2026-11-20'), 'time/format'],
    ['status without list', changed(CLAIM.status, new Map()), 'status/format'],
    ['a day beyond 9999', withLicence(LICENCE.validTo, 2_932_897), 'time/format'],
    ['a seal of 7 bytes', withLicence(LICENCE.seal, new Uint8Array(7)), 'claim/format'],
  ])('%s', async (_name, payload, code) => {
    expect(await codeOf(() => parse(payload, []))).toBe(code)
  })

  test.each<[string, CborValue]>([
    ['an empty array', []],
    ['no array', 'x'],
    ['an array of other things', [1]],
  ])('sd_claims: %s', async (_name, value) => {
    const unprotectedHeader = new Map([[17, value]])
    expect(await codeOf(() => sign(whole, { unprotectedHeader }))).toBe('sd-cwt/disclosure')
  })

  test.each([-43, -44, 'sha-256'])('SD07: sd_alg %s', async (value) => {
    const protectedHeader = new Map<CborKey, CborValue>([
      [16, 293],
      [170, value],
    ])
    expect(await codeOf(() => sign(whole, { protectedHeader }))).toBe('sd-cwt/hash-algorithm')
  })

  test('sd_alg that says SHA-256 is fine', async () => {
    const protectedHeader = new Map<CborKey, CborValue>([
      [16, 293],
      [170, -16],
    ])
    expect(await codeOf(() => sign(whole, { protectedHeader }))).toBe('none')
  })

  test.each([294, 65001, 'application/statuslist+cwt', 'dc+sd-jwt', null])(
    'typ %s',
    async (typ) => {
      const protectedHeader = new Map<CborKey, CborValue>(typ === null ? [] : [[16, typ]])
      expect(await codeOf(() => sign(whole, { protectedHeader }))).toBe('credential/wrong-type')
    },
  )

  test('a payload that is no map, or holds a tag', async () => {
    expect(await codeOf(() => sign([]))).toBe('credential/format')
    expect(await codeOf(() => sign(changed(CLAIM.exp, new CborTag(1, 5))))).toBe(
      'cbor/tag-not-allowed',
    )
  })

  function changed(key: number, value: CborValue): CborMap {
    return new Map(whole).set(key, value)
  }

  function without(key: number): CborMap {
    const payload = new Map(whole)
    payload.delete(key)
    return payload
  }

  function withLicence(key: number, value: CborValue): CborMap {
    return changed(CLAIM.licence, new Map(mapIn(whole.get(CLAIM.licence))).set(key, value))
  }

  function parse(payload: CborMap, disclosures: readonly Uint8Array[]): Promise<unknown> {
    const unprotectedHeader = new Map<CborKey, CborValue>(
      disclosures.length === 0 ? [] : [[17, disclosures]],
    )
    return sign(payload, { unprotectedHeader })
  }

  async function sign(
    payload: CborValue,
    headers: { readonly protectedHeader?: CborMap; readonly unprotectedHeader?: CborMap } = {},
  ): Promise<unknown> {
    const protectedHeader = new Map<CborKey, CborValue>([[16, 293]])
    const all = { protectedHeader, ...headers, payload: encodeCbor(payload), signer: keys.issuer }
    return parseSdCwt(decodeSign1(await signSign1(all)))
  }
})

function mapIn(value: CborValue | undefined): CborMap {
  if (!isMap(value)) throw new TypeError('not a map')
  return value
}

function arrayIn(value: CborValue | undefined): readonly CborValue[] {
  if (!isArray(value)) throw new TypeError('not an array')
  return value
}
