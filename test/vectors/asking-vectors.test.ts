/** The vectors on requests, answers, receipts and delegations in Node: each gives the verdict it expects; every rule passes in one and fails in another. */
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type AskingVector,
  type AskingVerdict,
  checksOf,
  judgeAsking,
  summariseAsking,
} from './asking-verdicts.ts'
import { readVectorFolder } from './read-vector-folder.ts'
import { openVectorPack, type PackVector } from './verifier-verdicts.ts'

const EXPECTED_COUNT = 113
/** The rules of these verdicts alone. */
const OWN =
  /^(?:answer-(?!end)|client-|counter-|delegat|device-|matter|receipt-|request-|transaction-m|wallet-)/

/** By which it is proven who asks. */
const SIGNED_BY: readonly string[] = ['device-signature', 'client-signature']

const vectors = readVectorFolder<AskingVector>('asking')
const packs = readVectorFolder<PackVector>('trust-packs')
const verdicts = new Map<string, AskingVerdict>()

beforeAll(async () => {
  const trusts = new Map<string, Trust>()
  for (const [name, { input, now }] of Object.entries(vectors)) {
    const pack = packs[input.trust]
    if (pack === undefined) throw new TypeError(`${name} names a pack that is not there`)
    const trust = trusts.get(input.trust) ?? (await openVectorPack(pack))
    trusts.set(input.trust, trust)
    verdicts.set(name, await judgeAsking({ input, now, trust }))
  }
})

describe('vectors on requests, answers and receipts', () => {
  test('the folder holds what it should', () => {
    expect(Object.keys(vectors)).toHaveLength(EXPECTED_COUNT)
  })

  test.for(Object.entries(vectors))('%s', ([name, vector]) => {
    const verdict = verdicts.get(name)
    expect(verdict && summariseAsking(verdict)).toEqual(vector.expect)
  })

  test('every rule of their own passes in one vector and fails in another', () => {
    const checks = [...verdicts.values()].flatMap(checksOf).filter(({ id }) => OWN.test(id))
    const ids = [...new Set(checks.map(({ id }) => id))]
    expect(ids).toHaveLength(3 + 5 + 4 + 5 + 1 + 2 + 5 + 3 + 1 + 1)
    // A delegation by itself is never green.
    const never = { passed: ['delegation'], failed: [] }
    for (const outcome of ['passed', 'failed'] as const) {
      const met = new Set(checks.flatMap((check) => (check.outcome === outcome ? [check.id] : [])))
      expect([outcome, ids.filter((id) => !met.has(id))]).toEqual([outcome, never[outcome]])
    }
  })

  test('nothing is told that no office vouches for', () => {
    for (const verdict of verdicts.values()) {
      if ('materials' in verdict || 'licences' in verdict) continue
      const isSigned = verdict.checks.some(
        ({ id, outcome }) => SIGNED_BY.includes(id) && outcome === 'passed',
      )
      expect('request' in verdict || 'receipt' in verdict).toBe(isSigned)
    }
  })
})
