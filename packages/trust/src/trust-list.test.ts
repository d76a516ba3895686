import { generateKeyPairSync } from 'node:crypto'
import { isObject, type JsonObject, type JsonValue, jwkThumbprint } from '@onetrip/codec'
import { sampleAgencies, sampleSealMaker, testKeys } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import {
  SAMPLE_NOW,
  sampleKey,
  sampleSigner,
  sampleTrustList,
  sampleTypes,
} from '../samples/sample-trust.ts'
import { keyValidity } from './key-life.ts'
import { buildTrust } from './trust.ts'
import { trustFreshness } from './trust-freshness.ts'
import { type AgencyKey, keysByKid, parseTrustList } from './trust-list.ts'

function refused(code: string) {
  return expect.objectContaining({ code })
}

function objectAt(value: JsonValue | undefined, at: number): JsonObject {
  const found = Array.isArray(value) ? value[at] : undefined
  if (!isObject(found)) throw new TypeError('no object there')
  return found
}

/** The sample list with members of its first agency replaced. */
function withAgency(changes: Readonly<Record<string, JsonValue>>): JsonObject {
  const list = sampleTrustList()
  const [first, second] = [objectAt(list['agencies'], 0), objectAt(list['agencies'], 1)]
  return { ...list, agencies: [{ ...first, ...changes }, second] }
}

/** The sample list with a seal maker of these keys. */
function withSealMaker(keys: readonly JsonObject[]): JsonObject {
  const { id, name } = sampleSealMaker
  return sampleTrustList({ sealMakers: [{ id, name: { ...name }, keys }] })
}

/** The sample list with a key of its first office. */
function withOfficeKey(key: JsonObject): JsonObject {
  const list = sampleTrustList()
  return { ...list, offices: [{ ...objectAt(list['offices'], 0), keys: [key] }] }
}

describe('parseTrustList', () => {
  test('reads the sample list', () => {
    const list = parseTrustList(sampleTrustList())
    expect(list).toMatchObject({ environment: 'test' })
    expect(list.agencies.map(({ id }) => id)).toEqual(
      sampleAgencies.slice(0, 2).map(({ id }) => id),
    )
    expect(list.agencies[0]?.keys.map(({ use }) => use)).toEqual(['issue', 'issue', 'status'])
    expect(list.agencies[0]?.keys[2]?.types).toBeUndefined()
  })

  const key = sampleKey('policeStatus')
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
    format: 'jwk',
  })
  const weak = { kty: 'OKP', crv: 'Ed25519', x: `AQ${'A'.repeat(41)}` }
  const cases: readonly [string, JsonObject, string][] = [
    ['an unknown member', sampleTrustList({ extra: 1 }), 'trust/format'],
    ['another kind', sampleTrustList({ kind: 'deny-list' }), 'trust/format'],
    ['another format', sampleTrustList({ format: 1 }), 'trust/format'],
    [
      'an office without a USCC',
      sampleTrustList({ offices: [{ id: 'x', name: { 'zh-CN': 'x', en: 'x' } }] }),
      'trust/format',
    ],
    ['a seal maker’s key that issues', withSealMaker([{ ...key, use: 'issue' }]), 'trust/format'],
    ['an office’s key that seals', withOfficeKey({ ...key, use: 'seal' }), 'trust/format'],
    [
      'one key twice at a seal maker',
      withSealMaker([
        { ...key, use: 'seal' },
        { ...key, use: 'seal', revokedFrom: SAMPLE_NOW },
      ]),
      'trust/format',
    ],
    ['an unknown member of an agency', withAgency({ phone: '1' }), 'trust/format'],
    [
      'a name with a direction override',
      withAgency({ name: { 'zh-CN': '公安\u202e', en: 'x' } }),
      'trust/format',
    ],
    ['the second agency’s USCC', withAgency({ id: sampleAgencies[1]?.id ?? '' }), 'trust/format'],
    [
      'a private key',
      withAgency({ keys: [{ ...key, jwk: { ...testKeys.policeStatus } }] }),
      'key/format',
    ],
    ['a key that is no object', withAgency({ keys: [{ ...key, jwk: 'x' }] }), 'key/format'],
    ['a small-order key', withAgency({ keys: [{ ...key, jwk: weak }] }), 'key/weak'],
    [
      'a P-384 key',
      withAgency({
        keys: [{ ...key, jwk: { kty: 'EC', crv: 'P-384', x: p384.x ?? '', y: p384.y ?? '' } }],
      }),
      'algorithm/not-allowed',
    ],
    ['an unknown use', withAgency({ keys: [{ ...key, use: 'seal' }] }), 'trust/format'],
    [
      'an issuing key for no named type',
      withAgency({ keys: [{ ...key, use: 'issue' }] }),
      'trust/format',
    ],
    [
      'an issuing key for what is no type code',
      withAgency({ keys: [{ ...key, use: 'issue', types: ['G038'] }] }),
      'trust/format',
    ],
    ['a status key with types', withAgency({ keys: [{ ...key, types: [] }] }), 'trust/format'],
    [
      'a key that ends before it begins',
      withAgency({ keys: [{ ...key, notAfter: 1 }] }),
      'trust/format',
    ],
    [
      'a key twice, of which one is revoked',
      withAgency({ keys: [key, { ...key, revokedFrom: SAMPLE_NOW }] }),
      'trust/format',
    ],
    ['an unknown member of a key', withAgency({ keys: [{ ...key, kid: 'x' }] }), 'trust/format'],
  ]
  test.each(cases)('refuses %s', (_, list, code) => {
    expect(() => parseTrustList(list)).toThrow(refused(code))
  })
})

describe('the age of trust data', () => {
  const day = 86_400
  test.each([
    { age: 2 * day, expected: 'fresh' },
    { age: 2 * day + 1, expected: 'stale' },
    { age: 30 * day, expected: 'stale' },
    { age: 30 * day + 1, expected: 'expired' },
  ])('TR02: after $age s it is $expected', ({ age, expected }) => {
    expect(trustFreshness({ signedAt: 10 }, 10 + age)).toBe(expected)
  })

  test('a licence type may ask for more', () => {
    const policy = { staleAfterSeconds: 5, unusableAfterSeconds: 7 }
    const ages = [5, 6, 7, 8].map((age) => trustFreshness({ signedAt: 0 }, age, policy))
    expect(ages).toEqual(['fresh', 'stale', 'stale', 'expired'])
  })
})

describe('keys', () => {
  const { publicKey } = sampleSigner('policeStatus')
  const base: AgencyKey = { key: publicKey, use: 'status', notBefore: 100, notAfter: 200 }

  test.each([
    { at: 99, revokedFrom: undefined, expected: 'key/outside-validity' },
    { at: 100, revokedFrom: undefined, expected: undefined },
    { at: 200, revokedFrom: undefined, expected: undefined },
    { at: 201, revokedFrom: undefined, expected: 'key/outside-validity' },
    { at: 149, revokedFrom: 150, expected: undefined },
    { at: 150, revokedFrom: 150, expected: 'key/revoked' },
    { at: 201, revokedFrom: 150, expected: 'key/revoked' },
  ])('TR08: at $at, revoked from $revokedFrom: $expected', ({ at, revokedFrom, expected }) => {
    const key = revokedFrom === undefined ? base : { ...base, revokedFrom }
    expect(keyValidity(key, at)).toBe(expected)
  })

  test('TR09: every key of a kid is found, in order', () => {
    const [agency] = parseTrustList(sampleTrustList()).agencies
    if (agency === undefined) throw new TypeError('no agency')
    const other = sampleSigner('marketStatus').publicKey
    const twins = [base, { ...base, key: { ...other, kid: publicKey.kid } }]
    const found = keysByKid({ ...agency, keys: twins }, publicKey.kid.slice())
    expect(found).toEqual(twins)
    expect(keysByKid({ ...agency, keys: twins }, other.kid)).toEqual([])
  })
})

describe('trust data', () => {
  const list = parseTrustList(sampleTrustList())
  const types = sampleTypes()
  const content = {
    list,
    version: 7,
    types,
    statusLists: [],
    parts: [
      { name: 'timestamp', version: 9, signedAt: SAMPLE_NOW },
      { name: 'snapshot', version: 8, signedAt: SAMPLE_NOW - 60 },
      { name: 'targets', version: 7, signedAt: SAMPLE_NOW + 999 },
    ],
  }

  test('finds by every name', () => {
    const trust = buildTrust(content)
    const [agency] = trust.agencies
    const [type] = types
    const [office] = list.offices
    expect(trust.agencyById(agency?.id ?? '')).toBe(agency)
    expect(trust.agencyByUrl(agency?.issuerUrl ?? '')).toBe(agency)
    expect(trust.agencyByUrl(`${agency?.issuerUrl}/`)).toBeUndefined()
    expect(trust.type(type?.typeCode ?? '', 1)).toBe(type)
    expect(trust.type(type?.typeCode ?? '', 3)).toBeUndefined()
    expect(trust.typeByVct(type?.vct ?? '')).toBe(type)
    expect(trust.office(office?.id ?? '')).toEqual(office)
  })

  test('a seal maker’s certificate stands beside the key that issues under it, and beside no other', () => {
    const listed = { ...sampleKey('policeIssueJws'), use: 'seal', certificate: 'MAA' }
    const read = (changes: JsonObject) => parseTrustList(withSealMaker([{ ...listed, ...changes }]))
    expect(read({}).sealMakers[0]?.keys[0]?.certificate).toEqual(Uint8Array.of(0x30, 0))
    const ed25519 = sampleKey('policeStatus')
    for (const [changes, code] of [
      [{ use: 'status' }, 'trust/format'],
      [{ jwk: ed25519['jwk'] ?? null }, 'trust/format'],
      [{ certificate: 7 }, 'trust/format'],
      [{ certificate: '' }, 'trust/format'],
      [{ certificate: 'A'.repeat(5464) }, 'trust/format'],
      [{ certificate: 'MA=' }, 'encoding/base64url'],
    ] as const) {
      expect(() => read(changes)).toThrow(expect.objectContaining({ code }))
    }
    const office = withOfficeKey({ ...listed, use: 'enrol' })
    expect(() => parseTrustList(office)).toThrow(expect.objectContaining({ code: 'trust/format' }))
    const asks = parseTrustList(withOfficeKey({ ...listed, use: 'ask' }))
    const certified = asks.offices.flatMap(({ keys }) => keys).map(({ certificate }) => certificate)
    expect(certified).toEqual([Uint8Array.of(0x30, 0)])
  })

  test('finds a seal maker with its keys, which end where the deny list says', () => {
    const { id } = sampleSealMaker
    const sealing = parseTrustList(withSealMaker([{ ...sampleKey('policeStatus'), use: 'seal' }]))
    const [key] = sealing.sealMakers[0]?.keys ?? []
    expect(key).toMatchObject({ use: 'seal' })
    expect(buildTrust({ ...content, list: sealing }).sealMaker(id)?.keys).toEqual([key])
    const thumbprint = key === undefined ? '' : jwkThumbprint(key.key)
    const denied = { devices: [], keys: [{ thumbprint, from: SAMPLE_NOW }] }
    const trust = buildTrust({ ...content, list: sealing, denied })
    expect(trust.sealMaker(id)?.keys[0]).toMatchObject({ revokedFrom: SAMPLE_NOW })
    expect(buildTrust(content).sealMakers).toEqual([])
  })

  test('is as old as the online roles say, whatever an offline one signed', () => {
    expect(buildTrust(content)).toMatchObject({
      signedAt: SAMPLE_NOW,
      newestSignedTime: SAMPLE_NOW,
      version: 7,
    })
  })

  test('a denied key is revoked from the time that the deny list says, or earlier', () => {
    const [agency] = list.agencies
    const [key] = agency?.keys ?? []
    if (key === undefined) throw new TypeError('the sample has a key')
    const thumbprint = jwkThumbprint(key.key)
    const revokedFrom = (from: number, earlier?: number) => {
      const keys = earlier === undefined ? [key] : [{ ...key, revokedFrom: earlier }]
      const agencies = list.agencies.map((one) => (one === agency ? { ...one, keys } : one))
      const denied = { keys: [{ thumbprint, from }], devices: ['x'] }
      const trust = buildTrust({ ...content, list: { ...list, agencies }, denied })
      expect([trust.isDeniedDevice('x'), trust.isDeniedDevice('y')]).toEqual([true, false])
      return trust.agencies[0]?.keys[0]?.revokedFrom
    }
    expect(revokedFrom(100)).toBe(100)
    expect(revokedFrom(100, 50)).toBe(50)
    expect(revokedFrom(50, 100)).toBe(50)
  })
})
