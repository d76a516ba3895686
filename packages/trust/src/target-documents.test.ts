/** The smaller documents that trust data carry: deny list, recognition list, matter catalogue. */
import { Fault, type JsonObject, type JsonValue } from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import { licenceTypes, matterCatalogue, sampleOffices } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { EMPTY_DENY_LIST, mergeDenyLists, parseDenyList } from './deny-list.ts'
import { parseMatterCatalogue } from './matter-catalogue.ts'
import { parseRecognitionList, rootTargetOf } from './recognition-list.ts'

const THUMBPRINT = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'
const OTHER = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

/** A copy without readonly, as it comes from a file. */
function copyOf(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value))
}

describe('deny list', () => {
  const list = {
    format: 1,
    keys: [{ thumbprint: THUMBPRINT, from: 1_790_000_000 }],
    devices: [OTHER],
  }

  test('is read', () => {
    expect(parseDenyList(list)).toEqual({ keys: list.keys, devices: [OTHER] })
    expect(parseDenyList({ format: 1, keys: [], devices: [] })).toEqual(EMPTY_DENY_LIST)
  })

  test.for<[string, JsonValue, string]>([
    ['no object', [], 'trust/format'],
    ['another format', { ...list, format: 2 }, 'trust/format'],
    ['an unknown member', { ...list, allow: [] }, 'trust/format'],
    ['a short thumbprint', { ...list, devices: ['AAAA'] }, 'trust/format'],
    ['a thumbprint that is no base64url', { ...list, devices: ['*'] }, 'encoding/base64url'],
    ['no time', { ...list, keys: [{ thumbprint: THUMBPRINT }] }, 'trust/format'],
    ['a negative time', { ...list, keys: [{ thumbprint: OTHER, from: -1 }] }, 'time/format'],
  ])('%s is refused', ([, json, code]) => {
    expect(codeOf(() => parseDenyList(json))).toBe(code)
  })

  test('two lists together deny what either denies, from the earlier time', () => {
    const one = parseDenyList(list)
    const other = parseDenyList({
      format: 1,
      keys: [
        { thumbprint: THUMBPRINT, from: 1_780_000_000 },
        { thumbprint: OTHER, from: 5 },
      ],
      devices: [OTHER, THUMBPRINT],
    })
    expect(mergeDenyLists(one, other)).toEqual({
      keys: [
        { thumbprint: THUMBPRINT, from: 1_780_000_000 },
        { thumbprint: OTHER, from: 5 },
      ],
      devices: [OTHER, THUMBPRINT],
    })
    expect(mergeDenyLists(one, EMPTY_DENY_LIST)).toEqual(one)
  })
})

describe('recognition list', () => {
  const entry = {
    id: 'zhejiang-sample',
    name: { 'zh-CN': '样例省', en: 'Sample province' },
    repository: 'https://trust.example/',
    rootDigest: THUMBPRINT,
    types: ['1110000099XYN9907G038'],
  }
  const listOf = (...jurisdictions: JsonValue[]): JsonValue => ({ format: 1, jurisdictions })

  test('is read', () => {
    expect(parseRecognitionList(listOf(entry))).toEqual([entry])
    expect(rootTargetOf(entry)).toBe('recognition/zhejiang-sample.root.json')
    expect(parseRecognitionList(listOf())).toEqual([])
  })

  test.for<[string, JsonValue]>([
    ['two entries of one id', listOf(entry, entry)],
    ['an id that climbs out of its folder', listOf({ ...entry, id: '../x' })],
    ['an address that is no folder', listOf({ ...entry, repository: 'https://trust.example' })],
    ['a script for an address', listOf({ ...entry, repository: 'javascript:alert(1)/' })],
    ['a digest of another length', listOf({ ...entry, rootDigest: 'AAAA' })],
    ['a type that is none', listOf({ ...entry, types: ['x'] })],
    ['too many', listOf(...Array.from({ length: 65 }, (_, at) => ({ ...entry, id: `p${at}` })))],
  ])('%s is trust/format', ([, json]) => {
    expect(codeOf(() => parseRecognitionList(json))).toBe('trust/format')
  })
})

describe('matter catalogue', () => {
  const [sample] = asList(copyOf(matterCatalogue)['matters']).map(copyOf)
  if (sample === undefined) throw new TypeError('the sample has a matter')
  const changed = (changes: JsonObject): JsonValue => ({
    format: 1,
    matters: [{ ...sample, ...changes }],
  })
  const parts = asList(sample['parts'])

  const offices = new Set(sampleOffices.map(({ id }) => id))
  const types = licenceTypes.map((type) => parseTypeDefinition(copyOf(type)))

  test('the sample: a restaurant in five parts, a house in three, a student, a senior', () => {
    const matters = parseMatterCatalogue(copyOf(matterCatalogue))
    expect(matters.map(({ code, parts: { length } }) => [code, length])).toEqual([
      ['open-restaurant', 5],
      ['second-hand-house', 3],
      ['enrolment-proof', 1],
      ['senior-licence', 1],
    ])
  })

  test.for(parseMatterCatalogue(copyOf(matterCatalogue)))(
    '$code names offices, types and claims that there are',
    (matter) => {
      const named = [...matter.offices, ...matter.parts.map(({ office }) => office)]
      expect(named.filter((id) => !offices.has(id))).toEqual([])
      const needed = new Set(matter.parts.flatMap(({ materials }) => materials))
      expect(matter.materials.filter(({ code }) => !needed.has(code))).toEqual([])
      const accepted = matter.materials.flatMap(({ accepts }) => accepts)
      expect(accepted.length).toBeGreaterThan(0)
      for (const { type, claims } of accepted) {
        const known = types.find(({ typeCode }) => typeCode === type)
        expect(known?.claims.map(({ name }) => name)).toEqual(expect.arrayContaining([...claims]))
      }
    },
  )

  test.for<[string, JsonValue]>([
    ['another format', { format: 2, matters: [] }],
    ['a part that needs what the matter has not', changed({ materials: [] })],
    ['two parts of one code', changed({ parts: [...parts, ...parts] })],
    ['a code with a slash', changed({ code: 'a/b' })],
    ['an office that is no USCC', changed({ offices: ['1'] })],
    ['an unknown member', changed({ fee: 1 })],
  ])('%s is trust/format', ([, json]) => {
    expect(codeOf(() => parseMatterCatalogue(json))).toBe('trust/format')
  })
})

function asList(json: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(json) ? json : []
}
