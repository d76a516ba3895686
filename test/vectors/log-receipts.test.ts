/** Receipts of the log that a verifier keeps, or that are of a history which others do not see; with the cast of the vectors. */
import type { OpenedLog, Trust } from '@onetrip/trust'
import { isProofOfEntry, type VerifyOptions, verify } from '@onetrip/verifier'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  LOG,
  loggedLeaf,
  loggedPacks,
  otherHistoryPack,
  PUBLISHED,
  receiptOf,
} from './logged-repositories.ts'
import { liveCode } from './vector-case.ts'
import { NOW, OFFICE } from './vector-cast.ts'
import { openVectorPack } from './verifier-verdicts.ts'

let trust: Trust
let other: Trust

beforeAll(async () => {
  trust = await openVectorPack((await loggedPacks()).logged)
  other = await openVectorPack(await otherHistoryPack())
})

function judged(text: string, options: Partial<VerifyOptions> = {}) {
  return verify(text, { trust, now: NOW, office: OFFICE, accept: ['live'], ...options })
}

describe('a receipt that the verifier keeps', () => {
  test('is asked for by the hash of the entry, and counts as one that is carried', async () => {
    const kept = await receiptOf('good')
    const asked: Uint8Array[] = []
    const { outcome, evidence } = await judged(await liveCode(), {
      receipts: (leaf) => {
        asked.push(leaf)
        return kept
      },
    })
    expect(outcome).toBe('valid')
    expect(asked).toEqual([loggedLeaf('good')])
    expect(evidence.logged).toEqual({ log: LOG.name, index: 3, size: PUBLISHED, witnesses: 0 })
  })

  test('is not asked for where one is carried, and missing where there is none', async () => {
    const carried = await liveCode({ unprotected: [[394, [await receiptOf('good')]]] })
    const never = () => {
      throw new Error('nobody asks')
    }
    expect((await judged(carried, { receipts: never })).outcome).toBe('valid')
    const { reason } = await judged(await liveCode(), { receipts: () => undefined })
    expect(reason).toBe('receipt/missing')
  })

  test('of another entry is refused', async () => {
    const kept = await receiptOf('backDated')
    const { reason } = await judged(await liveCode(), { receipts: () => kept })
    expect(reason).toBe('log/other-root')
  })
})

test('the second under one root is judged by its own path and signature all the same', async () => {
  const codeWith = async (receipt: Uint8Array) => liveCode({ unprotected: [[394, [receipt]]] })
  const good = await receiptOf('good')
  expect((await judged(await codeWith(good))).outcome).toBe('valid')
  // The last byte is the signature's.
  const altered = good.with(-1, (good.at(-1) ?? 0) ^ 1)
  expect((await judged(await codeWith(altered))).reason).toBe('log/other-root')
  expect((await judged(await codeWith(await receiptOf('backDated')))).reason).toBe('log/other-root')
})

test('two verifiers that are shown two histories each refuse what stands in the other', async () => {
  const [log, elsewhere] = [logOf(trust), logOf(other)]
  const roots = [await log.anchorAt(PUBLISHED), await elsewhere.anchorAt(PUBLISHED)]
  expect(roots[0]?.root).not.toEqual(roots[1]?.root)
  const text = await liveCode({ unprotected: [[394, [await receiptOf('good')]]] })
  expect((await judged(text)).outcome).toBe('valid')
  expect(await judged(text, { trust: other })).toMatchObject({
    outcome: 'invalid',
    reason: 'receipt/fork',
  })
})

test('a log counts from its beginning to its end', async () => {
  const text = await liveCode({ unprotected: [[394, [await receiptOf('good')]]] })
  for (const changes of [{ notBefore: NOW + 1 }, { notAfter: NOW - 400 * 86_400 }]) {
    const changed = { ...trust, logs: trust.logs.map((log) => ({ ...log, ...changes })) }
    expect((await judged(text, { trust: changed })).reason).toBe('log/other-log')
  }
})

function logOf({ logs: [log] }: Trust): OpenedLog {
  if (log === undefined) throw new TypeError('the trust list names a log')
  return log
}

describe('a receipt by itself', () => {
  const good = async () => ({ leaf: loggedLeaf('good'), receipt: await receiptOf('good') })

  test('proves the entry of its hash, to whoever knows the log', async () => {
    expect(await isProofOfEntry(await good(), { trust, now: NOW })).toBe(true)
    expect(await isProofOfEntry(await good(), { trust: { logs: [] }, now: NOW })).toBe(false)
    const [log] = trust.logs
    const before = (log?.notBefore ?? 0) - 1
    expect(await isProofOfEntry(await good(), { trust, now: before })).toBe(false)
  })

  test('proves no other entry, no other history, and nothing where it is none', async () => {
    const { leaf, receipt } = await good()
    const bad = [
      { leaf: loggedLeaf('backDated'), receipt },
      { leaf, receipt: await receiptOf('backDated') },
      { leaf, receipt: receipt.with(-1, receipt.at(-1) === 0 ? 1 : 0) },
      { leaf, receipt: await receiptOf('good', { size: 6 }) },
      { leaf: leaf.subarray(1), receipt },
      { leaf, receipt: new Uint8Array(0) },
    ]
    for (const [at, one] of bad.entries()) {
      const isGood = await isProofOfEntry(one, { trust, now: NOW })
      // A longer log than is published, of no witness, only says that it is there.
      expect(isGood, String(at)).toBe(at === 3)
    }
    expect(await isProofOfEntry(await good(), { trust: other, now: NOW })).toBe(false)
  })
})
