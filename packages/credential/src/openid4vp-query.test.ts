import { type JsonObject, type JsonValue, parseJson } from '@onetrip/codec'
import { businessLicenceOfSample, identityOfChen, licenceTypes } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { WANTS } from '../samples/asking.ts'
import { codeOf, typeOf } from '../samples/testkit.ts'
import { LICENCE_ELEMENT } from './labels.ts'
import { chooseByQuery, type QueriedLicence } from './openid4vp-choices.ts'
import {
  MDOC_FORMAT,
  materialOfQuery,
  parseDcqlQuery,
  QUERY_LIMITS,
  queryIdsOf,
  queryOfWants,
  wantsOfQuery,
} from './openid4vp-query.ts'
import { parseTypeDefinition } from './type-definition.ts'

const TYPES = licenceTypes.map((type) => parseTypeDefinition(type))

/** Plain JSON, as it is received. */
function received(value: object): JsonValue {
  return parseJson(JSON.stringify(value))
}

function held(
  id: string,
  sample: typeof identityOfChen,
  changes: Partial<QueriedLicence> = {},
): QueriedLicence {
  const { claims } = sample.facts
  const type = typeOf(sample)
  const stated: JsonObject = { ...claims, vct: type.vct, serial: sample.facts.serial }
  const validFrom = sample.facts.validFrom
  return { id, type, claims: Object.keys(claims), isValid: true, validFrom, stated, ...changes }
}

const business = held('business', businessLicenceOfSample)
const identity = held('identity', identityOfChen)

/** A query for the identity, with members replaced. */
function identityQuery(members: object): JsonValue {
  const meta = { vct_values: [identity.type.vct] }
  return received({ credentials: [{ id: 'who', format: 'dc+sd-jwt', meta, ...members }] })
}

function shownFor(query: JsonValue, licences = [business, identity]) {
  const choices = chooseByQuery({ query: parseDcqlQuery(query), held: licences, types: TYPES })
  return choices.map(({ fits, isMissing }) => ({ isMissing, shown: fits[0]?.shown }))
}

describe('a query for an office’s wants', () => {
  const query = queryOfWants(WANTS, TYPES)

  test('is parsed to the same wants, and answered by the same licences', () => {
    const parsed = parseDcqlQuery(received(query))
    expect(wantsOfQuery(parsed, TYPES)).toEqual(WANTS)
    const choices = chooseByQuery({ query: parsed, held: [identity, business], types: TYPES })
    expect(choices.map(({ want, fits }) => [want.material, fits[0]?.licence.id])).toEqual([
      ['business-licence', 'business'],
      ['identity', 'identity'],
    ])
    expect(choices.map(({ fits }) => fits[0]?.queryId)).toEqual(queryIdsOf(WANTS))
  })

  test('names a second type after its material', () => {
    const [business, identity] = WANTS
    if (business === undefined || identity === undefined) throw new TypeError('two wants')
    const either = [{ ...business, options: [...business.options, ...identity.options] }]
    const parsed = parseDcqlQuery(received(queryOfWants(either, TYPES)))
    expect(parsed.credentials.map(({ id }) => id)).toEqual([
      'business-licence',
      'business-licence_2',
    ])
    expect(parsed.credentials.map(({ id }) => materialOfQuery(id))).toEqual([
      'business-licence',
      'business-licence',
    ])
    expect(wantsOfQuery(parsed, TYPES)).toEqual(either)
  })

  test('takes all versions of a type, and does without claims that a licence need not state', () => {
    const optional = { ...identity.type, version: 9, vct: `${identity.type.vct}0` }
    const claims = optional.claims.map((claim) => ({ ...claim, mandatory: claim.name === 'name' }))
    const types = [...TYPES, { ...optional, claims }]
    const wants = WANTS.slice(1)
    const [credential] = parseDcqlQuery(received(queryOfWants(wants, types))).credentials
    expect(credential?.vctValues).toContain(`${identity.type.vct}0`)
    expect(credential?.claimSets).toEqual([['idNumber', 'name'], ['name']])
    const only = held('only', identityOfChen, { stated: { name: '陈样例' }, claims: ['name'] })
    const parsed = parseDcqlQuery(received(queryOfWants(wants, types)))
    const [choice] = chooseByQuery({ query: parsed, held: [only], types })
    expect(choice?.fits[0]).toMatchObject({ shown: ['name'], absent: [] })
  })

  test('for mdocs asks besides for what could be hidden and must not, and is read as the same wants', () => {
    const asked = received(queryOfWants(WANTS, TYPES, MDOC_FORMAT))
    const parsed = parseDcqlQuery(asked)
    expect(wantsOfQuery(parsed, TYPES)).toEqual(WANTS)
    const [credential] = parsed.credentials
    const docType = business.type.vct
    expect(credential).toMatchObject({ format: MDOC_FORMAT, vctValues: [docType] })
    const always = business.type.claims.filter(({ sd }) => sd === 'never').map(({ name }) => name)
    const paths = credential?.claims?.map(({ path }) => path)
    for (const name of [LICENCE_ELEMENT, ...always]) expect(paths).toContainEqual([docType, name])
    const shown = shownFor(asked)
    expect(shown.map(({ isMissing }) => isMissing)).toEqual(WANTS.map(({ required }) => required))
  })

  test('for mdocs asks each version by itself, of an older one what it has, and is the same want', () => {
    const [claim] = business.type.claims
    if (claim === undefined) throw new TypeError('no claim')
    const added = { ...claim, name: 'added', sd: 'allowed' } as const
    const newer = {
      ...business.type,
      version: 9,
      vct: `${business.type.vct}0`,
      claims: [...business.type.claims, added],
    }
    const wants = WANTS.slice(0, 1).map((want) => ({
      ...want,
      options: want.options.map(({ type, claims }) => ({
        type,
        claims: [...claims, 'added'].toSorted(),
      })),
    }))
    const types = [...TYPES, newer]
    const parsed = parseDcqlQuery(received(queryOfWants(wants, types, MDOC_FORMAT)))
    expect(parsed.credentials.map(({ id, vctValues }) => [id, ...vctValues])).toEqual([
      ['business-licence', newer.vct],
      ['business-licence_1_1', business.type.vct],
    ])
    expect(parsed.sets).toEqual([
      { options: [['business-licence'], ['business-licence_1_1']], required: true },
    ])
    expect(materialOfQuery('business-licence_1_1')).toBe('business-licence')
    const [newest, older] = parsed.credentials.map(({ claims = [] }) =>
      claims.map(({ path }) => path[1]),
    )
    expect(newest?.filter((name) => !older?.includes(name))).toEqual(['added'])
    expect(wantsOfQuery(parsed, types)).toEqual(wants)
  })

  test('for mdocs of more versions than a set may hold asks for the newest', () => {
    const versions = Array.from({ length: QUERY_LIMITS.setOptions + 4 }, (_, at) => ({
      ...business.type,
      version: at + 1,
      vct: `${business.type.vct}${at}`,
    }))
    const [want] = WANTS
    if (want === undefined) throw new TypeError('no want')
    const query = parseDcqlQuery(received(queryOfWants([want], versions, MDOC_FORMAT)))
    expect(query.credentials.map(({ vctValues }) => vctValues[0])).toEqual(
      versions
        .toReversed()
        .map(({ vct }) => vct)
        .slice(0, QUERY_LIMITS.setOptions),
    )
  })

  test('takes a licence of a version that has not every claim', () => {
    const newer = { ...identity.type, version: 9, vct: `${identity.type.vct}0` }
    const older = { ...newer, version: 8, vct: `${identity.type.vct}1` }
    const claims = newer.claims.filter(({ name }) => name !== 'idNumber')
    const types = [newer, { ...older, claims }]
    const [credential] = parseDcqlQuery(received(queryOfWants(WANTS.slice(1), types))).credentials
    expect(credential?.claimSets).toEqual([['idNumber', 'name'], ['name']])
  })

  test('of a type that nobody knows is a fault of the caller', () => {
    expect(() => queryOfWants(WANTS, [])).toThrow(TypeError)
  })
})

describe('answering a query (OpenID4VP 1.0 §6.4, §7)', () => {
  test('without claims nothing selective is shown', () => {
    const [choice] = shownFor(identityQuery({}))
    const always = identity.type.claims.filter(({ sd }) => sd === 'never').map(({ name }) => name)
    expect(choice?.shown).toEqual(always)
  })

  test('claims that always stand there are matched, and no more is shown for them', () => {
    expect(shownFor(identityQuery({ claims: [{ path: ['serial'] }] }))).toEqual(
      shownFor(identityQuery({})),
    )
  })

  const missing = [{ isMissing: true, shown: undefined }]
  const cases: Readonly<Record<string, object>> = {
    'a claim that is not there': { claims: [{ path: ['nickname'] }] },
    'an element of what is no list': { claims: [{ path: ['name', 0] }] },
    'all elements of what is no list': { claims: [{ path: ['name', null] }] },
    'a value that it does not have': { claims: [{ path: ['name'], values: ['李样例'] }] },
    'a value of another type': { claims: [{ path: ['name'], values: [1, true] }] },
    'another type': { meta: { vct_values: ['https://other.example/1'] } },
    'another format': { format: 'mso_mdoc', meta: { doctype_value: 'org.iso.18013.5.1.mDL' } },
    'an authority that is none of ours': {
      trusted_authorities: [{ type: 'aki', values: ['s9tIpPmhxdiuNkHMEWNpYim8S8Y'] }],
    },
  }
  for (const [name, members] of Object.entries(cases)) {
    test(`${name} does not fit`, () => {
      expect(shownFor(identityQuery(members))).toEqual(missing)
    })
  }

  test('a value that it has fits, and so does a path into it', () => {
    const nested = held('nested', identityOfChen, {
      stated: { name: '陈样例', address: { city: ['杭州', '虚构市'] } },
      claims: ['name', 'address'],
    })
    const path = ['address', 'city', null]
    const query = identityQuery({ claims: [{ path, values: ['虚构市'] }] })
    expect(shownFor(query, [nested])[0]?.shown).toContain('address')
    expect(
      shownFor(identityQuery({ claims: [{ path: ['address', 'city', 1] }] }), [nested])[0],
    ).toMatchObject({ isMissing: false })
    expect(
      shownFor(identityQuery({ claims: [{ path: ['address', 'city', 2] }] }), [nested]),
    ).toEqual(missing)
  })

  test('the first set of claims that it has is shown', () => {
    const claims = [
      { id: 'a', path: ['nickname'] },
      { id: 'b', path: ['name'] },
    ]
    const [choice] = shownFor(identityQuery({ claims, claim_sets: [['a'], ['b']] }))
    expect(choice?.shown).toContain('name')
  })

  test('of sets that need several credentials the first that is held whole is taken', () => {
    const meta = (licence: QueriedLicence) => ({ vct_values: [licence.type.vct] })
    const query = received({
      credentials: [
        { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['https://other.example/1'] } },
        { id: 'b', format: 'dc+sd-jwt', meta: meta(business) },
        { id: 'c', format: 'dc+sd-jwt', meta: meta(identity) },
      ],
      credential_sets: [
        {
          options: [
            ['a', 'b'],
            ['b', 'c'],
          ],
        },
        { options: [['a']], required: false },
      ],
    })
    const parsed = parseDcqlQuery(query)
    const choices = chooseByQuery({ query: parsed, held: [business, identity], types: TYPES })
    expect(
      choices.map(({ want, fits, isMissing }) => [want.material, fits.length, isMissing]),
    ).toEqual([
      ['b', 1, false],
      ['c', 1, false],
      ['a', 0, false],
    ])
    // Whatever is chosen, all that may be asked is told.
    expect(wantsOfQuery(parsed, TYPES).map(({ material }) => material)).toEqual([
      'a',
      'b',
      'c',
      'a',
    ])
  })
})

describe('a query that is at fault', () => {
  const good = { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] } }
  const wrong: Readonly<Record<string, object>> = {
    'no object': [],
    'no credentials': {},
    'an empty list': { credentials: [] },
    'too many credentials': {
      credentials: Array.from({ length: QUERY_LIMITS.credentials + 1 }, (_, at) => ({
        ...good,
        id: `a${at}`,
      })),
    },
    'an id twice': { credentials: [good, good] },
    'an id of other characters': { credentials: [{ ...good, id: 'a b' }] },
    'no meta': { credentials: [{ id: 'a', format: 'dc+sd-jwt' }] },
    'no types': { credentials: [{ ...good, meta: {} }] },
    'a path of nothing': { credentials: [{ ...good, claims: [{ path: [] }] }] },
    'a negative index': { credentials: [{ ...good, claims: [{ path: ['a', -1] }] }] },
    'an object as value': { credentials: [{ ...good, claims: [{ path: ['a'], values: [{}] }] }] },
    'claim sets without ids': {
      credentials: [{ ...good, claims: [{ path: ['a'] }], claim_sets: [['a']] }],
    },
    'a set of no credential': { credentials: [good], credential_sets: [{ options: [['b']] }] },
    'a set that is required by a word': {
      credentials: [good],
      credential_sets: [{ options: [['a']], required: 'yes' }],
    },
  }
  for (const [name, query] of Object.entries(wrong)) {
    test(`${name} is refused`, async () => {
      expect(await codeOf(() => parseDcqlQuery(received(query)))).toBe('request/format')
    })
  }

  test('members that are not known are ignored', () => {
    const query = { credentials: [{ ...good, purpose: 'x', multiple: true }], intent: 'y' }
    expect(parseDcqlQuery(received(query)).credentials).toHaveLength(1)
  })
})
