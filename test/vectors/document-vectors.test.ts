/** The vectors on sealed files in Node: every file gives the verdict it expects; every rule passes in one and fails in another. */
import type { Trust } from '@onetrip/trust'
import type { DocumentVerdict } from '@onetrip/verifier'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DocumentVector, judgeDocument, summariseDocument } from './document-verdicts.ts'
import { readVectorFolder } from './read-vector-folder.ts'
import { openVectorPack, type PackVector } from './verifier-verdicts.ts'

const EXPECTED_COUNT = 87

/** Rules that are only asked of a licence that a PDF carries. */
const CARRIED = ['licence-code', 'licence-text', 'licence-facts']

const vectors = readVectorFolder<DocumentVector>('documents')
const packs = readVectorFolder<PackVector>('trust-packs')
const verdicts = new Map<string, DocumentVerdict>()

beforeAll(async () => {
  const trusts = new Map<string, Trust>()
  for (const [name, { input, now }] of Object.entries(vectors)) {
    const pack = packs[input.trust]
    if (pack === undefined) throw new TypeError(`${name} names a pack that is not there`)
    const trust = trusts.get(input.trust) ?? (await openVectorPack(pack))
    trusts.set(input.trust, trust)
    verdicts.set(name, await judgeDocument({ input, now, trust }))
  }
})

describe('vectors on sealed files', () => {
  test('the folder holds what it should', () => {
    expect(Object.keys(vectors)).toHaveLength(EXPECTED_COUNT)
  })

  test.for(Object.entries(vectors))('%s', ([name, vector]) => {
    const verdict = verdicts.get(name)
    expect(verdict && summariseDocument(verdict)).toEqual(vector.expect)
  })

  test('every rule passes in one vector and fails in another', () => {
    const checks = [...verdicts.values()].flatMap((verdict) => [
      ...verdict.checks,
      ...verdict.impressions.flatMap((impression) => impression.checks),
      ...(verdict.licence?.checks ?? []).filter(({ id }) => CARRIED.includes(id)),
    ])
    const ids = [...new Set(checks.map(({ id }) => id))]
    expect(ids).toHaveLength(2 + 6 + 1 + 14 + 4 + 7 + 3)
    for (const outcome of ['passed', 'failed'] as const) {
      const met = new Set(checks.flatMap((check) => (check.outcome === outcome ? [check.id] : [])))
      expect([outcome, ids.filter((id) => !met.has(id))]).toEqual([outcome, []])
    }
  })

  test('nothing is told that nobody trusted signed', () => {
    for (const { impressions } of verdicts.values()) {
      for (const { checks, seal, stated } of impressions) {
        const passed = new Set(
          checks.flatMap(({ id, outcome }) => (outcome === 'passed' ? [id] : [])),
        )
        expect(seal === undefined || passed.has('maker-signature')).toBe(true)
        expect(stated === undefined || passed.has('impression-signature')).toBe(true)
      }
    }
  })
})
