import { generateKeyPairSync } from 'node:crypto'
import { isObject, type JsonObject, type JsonValue, signJws, utf8Encode } from '@onetrip/codec'
import { sampleAgencies, testKeys } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { SAMPLE_NOW, sampleKey, sampleSigner, sampleTrustList } from '../samples/sample-trust.ts'
import { keyValidity } from './key-life.ts'
import { assertNotOlder, openTrustList, signTrustList } from './signed-trust-list.ts'
import { openTrust, trustFreshness } from './trust.ts'
import { type AgencyKey, keysByKid, parseTrustList } from './trust-list.ts'

const root = sampleSigner('root')

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

describe('parseTrustList', () => {
  test('reads the sample list', () => {
    const list = parseTrustList(sampleTrustList())
    expect(list).toMatchObject({ environment: 'test', version: 7, signedAt: SAMPLE_NOW })
    expect(list.agencies.map(({ id }) => id)).toEqual(sampleAgencies.map(({ id }) => id))
    expect(list.agencies[0]?.keys.map(({ use }) => use)).toEqual(['issue', 'issue', 'status'])
    expect(list.agencies[0]?.keys[2]?.types).toBeUndefined()
    expect(list.types).toHaveLength(3)
  })

  const key = sampleKey('policeStatus')
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
    format: 'jwk',
  })
  const weak = { kty: 'OKP', crv: 'Ed25519', x: `AQ${'A'.repeat(41)}` }
  const cases: readonly [string, JsonObject, string][] = [
    ['an unknown member', sampleTrustList({ extra: 1 }), 'trust/format'],
    ['another kind', sampleTrustList({ kind: 'deny-list' }), 'trust/format'],
    ['another format', sampleTrustList({ format: 2 }), 'trust/format'],
    ['version 0', sampleTrustList({ version: 0 }), 'trust/format'],
    ['a version as text', sampleTrustList({ version: '7' }), 'trust/format'],
    ['a time as text', sampleTrustList({ signedAt: '2026' }), 'time/format'],
    [
      'an end before the next update',
      sampleTrustList({ unusableAfter: SAMPLE_NOW }),
      'trust/format',
    ],
    [
      'an office without a USCC',
      sampleTrustList({ offices: [{ id: 'x', name: { 'zh-CN': 'x', en: 'x' } }] }),
      'trust/format',
    ],
    [
      'a type twice',
      sampleTrustList({
        types: [objectAt(sampleTrustList()['types'], 0), objectAt(sampleTrustList()['types'], 0)],
        agencies: [],
      }),
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
      'the second agency’s list',
      withAgency({ statusLists: ['https://api.onetrip.example/s/2'] }),
      'trust/format',
    ],
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
      'an issuing key for an unknown type',
      withAgency({ keys: [{ ...key, use: 'issue', types: ['1110000099XYN9907G999'] }] }),
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

describe('a signed trust list', () => {
  test('opens with the root key and in its environment only', async () => {
    const token = await signTrustList(sampleTrustList(), root)
    await expect(openTrustList({ token, root: root.publicKey })).resolves.toMatchObject({
      version: 7,
    })
    await expect(
      openTrustList({ token, root: root.publicKey, environment: 'test' }),
    ).resolves.toBeDefined()
    const production = openTrustList({ token, root: root.publicKey, environment: 'production' })
    await expect(production).rejects.toThrow(refused('trust/wrong-environment'))
    const stranger = openTrustList({ token, root: sampleSigner('strangerCbor').publicKey })
    await expect(stranger).rejects.toThrow(refused('signature/invalid'))
  })

  test('an altered list, a list of another type and an endless one', async () => {
    const token = await signTrustList(sampleTrustList(), root)
    const at = token.indexOf('.') + 40
    const altered = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    const { publicKey } = root
    await expect(openTrustList({ token: altered, root: publicKey })).rejects.toThrow(
      refused('signature/invalid'),
    )
    const other = await signJws({
      header: { typ: 'dc+sd-jwt' },
      payload: sampleTrustList(),
      signer: root,
    })
    await expect(openTrustList({ token: other, root: publicKey })).rejects.toThrow(
      refused('trust/format'),
    )
    const endless = 'A'.repeat(1_048_577)
    await expect(openTrustList({ token: endless, root: publicKey })).rejects.toThrow(
      refused('trust/too-large'),
    )
  })

  test('what we would refuse is not signed', async () => {
    await expect(signTrustList(sampleTrustList({ extra: 1 }), root)).rejects.toThrow(
      refused('trust/format'),
    )
  })

  test('a duplicate member is refused though the signature is good', async () => {
    const text = JSON.stringify(sampleTrustList()).replace('"version":7', '"version":7,"version":8')
    const token = await signJws({
      header: { typ: 'onetrip-trust-list+jws' },
      payload: utf8Encode(text),
      signer: root,
    })
    const opened = openTrustList({ token, root: root.publicKey })
    await expect(opened).rejects.toThrow(refused('json/duplicate-key'))
  })

  test('TR01: a list never follows a newer one', () => {
    const kept = { version: 7, signedAt: 100 }
    expect(() => assertNotOlder(kept, kept)).not.toThrow()
    expect(() => assertNotOlder(kept, { version: 8, signedAt: 101 })).not.toThrow()
    for (const next of [
      { version: 6, signedAt: 200 },
      { version: 7, signedAt: 99 },
    ]) {
      expect(() => assertNotOlder(kept, next)).toThrow(refused('trust/rollback'))
    }
  })

  test.each([
    { now: 10, expected: 'fresh' },
    { now: 11, expected: 'stale' },
    { now: 20, expected: 'stale' },
    { now: 21, expected: 'expired' },
  ])('TR02: at $now it is $expected', ({ now, expected }) => {
    expect(trustFreshness({ nextUpdate: 10, unusableAfter: 20 }, now)).toBe(expected)
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

test('openTrust finds by every name', () => {
  const list = parseTrustList(sampleTrustList())
  const trust = openTrust({ list, statusLists: [] })
  const [agency] = list.agencies
  const [type] = list.types
  const [office] = list.offices
  expect(trust.agencyById(agency?.id ?? '')).toBe(agency)
  expect(trust.agencyByUrl(agency?.issuerUrl ?? '')).toBe(agency)
  expect(trust.agencyByUrl(`${agency?.issuerUrl}/`)).toBeUndefined()
  expect(trust.type(type?.typeCode ?? '', 1)).toBe(type)
  expect(trust.type(type?.typeCode ?? '', 2)).toBeUndefined()
  expect(trust.typeByVct(type?.vct ?? '')).toBe(type)
  expect(trust.office(office?.id ?? '')).toBe(office)
  expect(trust.newestSignedTime).toBe(SAMPLE_NOW)
})

describe('keys of an office', () => {
  const enrol = sampleKey('officeEnrol', { use: 'enrol' })
  const withKeys = (keys: JsonValue): JsonObject => {
    const list = sampleTrustList()
    return { ...list, offices: [{ ...objectAt(list['offices'], 0), keys }] }
  }

  test('are read; an office that names none has none', () => {
    const ask = sampleKey('strangerCbor', { use: 'ask', revokedFrom: SAMPLE_NOW })
    const [office] = parseTrustList(withKeys([enrol, ask])).offices
    expect(office?.keys.map(({ use, revokedFrom }) => [use, revokedFrom])).toEqual([
      ['enrol', undefined],
      ['ask', SAMPLE_NOW],
    ])
    expect(parseTrustList(sampleTrustList()).offices[0]?.keys).toEqual([])
  })

  test.each<[string, JsonValue, string]>([
    ['of an agency’s use', [{ ...enrol, use: 'issue' }], 'trust/format'],
    ['with types', [{ ...enrol, types: [] }], 'trust/format'],
    ['listed twice', [enrol, { ...enrol, use: 'ask' }], 'trust/format'],
    ['with its private half', [{ ...enrol, jwk: { ...testKeys.officeEnrol } }], 'key/format'],
    ['that end before they begin', [{ ...enrol, notAfter: 1 }], 'trust/format'],
    ['that are no list', {}, 'trust/format'],
  ])('%s are refused', (_, keys, code) => {
    expect(() => parseTrustList(withKeys(keys))).toThrow(refused(code))
  })
})
