/** Receipts of the log that a verifier keeps, or that are of a history which others do not see; with the cast of the vectors. */
import type { OpenedLog, Trust } from '@onetrip/trust'
import { type VerifyOptions, verify } from '@onetrip/verifier'
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
