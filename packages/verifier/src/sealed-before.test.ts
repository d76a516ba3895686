/** A seal that is revoked later does not undo what its time-stamp and the list of then prove. */
import { type ErrorCode, type Signer, sha256 } from '@onetrip/codec'
import { encodeSealFile, type ImpressionBytes } from '@onetrip/seal'
import { newStatusBits, setStatus, signStatusListCwt } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import {
  impressionBytes,
  impressionFacts,
  LETTER_FACTS,
  REGISTRAR,
  SEALED_AT,
  STRANGER,
  sampleSigner,
  sealBytes,
  sealFacts,
} from '../../seal/samples/sample-seals.ts'
import { STAMPER_NAME as name, sampleTsa } from '../../seal/samples/sample-tsa.ts'
import { sealTrust } from '../../seal/samples/sealed-letter.ts'
import { failedOf } from '../samples/judge-letter.ts'
import type { Outcome } from './verdict.ts'
import { verifyDocument } from './verify-document.ts'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

describe('a stamped impression', async () => {
  const tsa = await sampleTsa()
  const { stamper } = tsa
  const stampedAt = SEALED_AT + 2
  const stamp = (digest: Uint8Array) => tsa.stamp(digest, { time: stampedAt })
  const seal = await sealBytes()
  const bare = await impressionBytes(impressionFacts(seal))
  const timestamp = await stamp(sha256(bare.cose))

  async function listOf(
    changes: { issuedAt?: number; value?: number; signer?: Signer; uri?: string } = {},
  ): Promise<Uint8Array> {
    const { issuedAt = stampedAt - MINUTE, value = 0, signer = REGISTRAR } = changes
    const { uri = sealFacts().status.uri } = changes
    const statuses = newStatusBits(1024, 2)
    setStatus({ statuses, bits: 2, index: sealFacts().status.index }, value)
    const expiresAt = issuedAt + DAY
    const content = { uri, bits: 2, statuses, issuedAt, expiresAt, ttlSeconds: 600 } as const
    return signStatusListCwt(content, signer)
  }

  async function judge(
    more: Partial<ImpressionBytes>,
    options: { readonly value?: number; readonly timeStampers?: Trust['timeStampers'] } = {},
  ) {
    const { value = 1, timeStampers = [stamper] } = options
    const sealFile = encodeSealFile({ seals: [seal], impressions: [{ ...bare, ...more }] })
    const now = stampedAt + 3 * DAY
    const list = { value, issuedAt: now, expiresAt: now + DAY }
    const trust = { ...(await sealTrust({ signedAt: now, list })), timeStampers }
    return verifyDocument({ file: LETTER_FACTS, sealFile }, { trust, now, accept: ['document'] })
  }

  const statusList = await listOf()
  const REVOKED = { outcome: 'invalid', reason: 'seal/revoked' }

  test.each([
    ['revoked', 1],
    ['suspended', 2],
  ])('is valid though the seal was %s since, and says so', async (status, value) => {
    const verdict = await judge({ timestamp, statusList }, { value })
    expect(verdict).toMatchObject({
      outcome: 'valid',
      impressions: [
        {
          status: { value: status },
          sealedBefore: { by: { id: stamper.id, name } },
          stated: { proofOfTime: { kind: 'time-stamp', by: { name } } },
        },
      ],
    })
    expect(verdict.impressions[0]?.sealedBefore?.time).toBe(stampedAt)
  })

  test('of a seal in use needs no proof, and tells the time all the same', async () => {
    const verdict = await judge({ timestamp }, { value: 0 })
    expect(verdict.outcome).toBe('valid')
    expect(verdict.impressions[0]?.stated?.proofOfTime.kind).toBe('time-stamp')
    expect(verdict.impressions[0]).not.toHaveProperty('sealedBefore')
  })

  test.each<readonly [string, ErrorCode, Outcome, () => Promise<Parameters<typeof judge>>]>([
    ['junk', 'timestamp/format', 'caution', async () => [{ timestamp: Uint8Array.of(0x30, 0) }]],
    [
      'unknown',
      'timestamp/signer-unknown',
      'caution',
      async () => [{ timestamp }, { timeStampers: [] }],
    ],
    [
      'ended',
      'timestamp/expired',
      'caution',
      async () => [{ timestamp }, { timeStampers: [{ ...stamper, to: stampedAt - 1 }] }],
    ],
    [
      'coarse',
      'timestamp/accuracy',
      'caution',
      async () => [
        { timestamp: await tsa.stamp(sha256(bare.cose), { time: stampedAt, accuracySeconds: 61 }) },
      ],
    ],
    [
      'for something else',
      'timestamp/imprint',
      'invalid',
      async () => [{ timestamp: await stamp(sha256(timestamp)) }],
    ],
    ['altered', 'timestamp/signature', 'invalid', async () => [{ timestamp: altered(timestamp) }]],
  ])('a time-stamp that is bad (%s) is told: %s', async (_name, code, outcome, make) => {
    const [more, options] = await make()
    const verdict = await judge({ ...more, statusList }, { ...options, value: 0 })
    expect(verdict).toMatchObject({
      outcome,
      reason: code,
      impressions: [{ stated: { proofOfTime: { kind: 'refused', code } } }],
    })
    expect(failedOf(verdict)).toEqual([code])
  })

  test('of an impression that nobody made, no time-stamp is asked about', async () => {
    const strange = await impressionBytes(impressionFacts(seal), { signers: STRANGER })
    const token = await stamp(sha256(strange.cose))
    const verdict = await judge({ ...strange, timestamp: token })
    const check = verdict.impressions[0]?.checks.find(({ id }) => id === 'time-stamp')
    expect([check?.outcome, verdict.impressions[0]?.stated]).toEqual(['not-run', undefined])
  })

  test.each<readonly [string, () => Promise<Parameters<typeof judge>>]>([
    ['without a list', async () => [{ timestamp }]],
    ['without a time-stamp', async () => [{ statusList }]],
    ['of an unknown time-stamper', async () => [{ timestamp, statusList }, { timeStampers: [] }]],
    [
      'of another impression',
      async () => [{ timestamp: await stamp(sha256(timestamp)), statusList }],
    ],
    ['with an altered time-stamp', async () => [{ timestamp: altered(timestamp), statusList }]],
    ['with an altered list', async () => [{ timestamp, statusList: altered(statusList) }]],
    ['with no list at all', async () => [{ timestamp, statusList: Uint8Array.of(0) }]],
    [
      'with a list that says revoked',
      async () => [{ timestamp, statusList: await listOf({ value: 1 }) }],
    ],
    [
      'with a list of two days before',
      async () => [{ timestamp, statusList: await listOf({ issuedAt: stampedAt - HOUR }) }],
    ],
    [
      'with a list of an hour after',
      async () => [{ timestamp, statusList: await listOf({ issuedAt: stampedAt + HOUR }) }],
    ],
    [
      'with a list of another address',
      async () => [{ timestamp, statusList: await listOf({ uri: 'https://a.example/s/1' }) }],
    ],
    [
      'with a list that another signed',
      async () => [
        { timestamp, statusList: await listOf({ signer: sampleSigner('strangerCbor') }) },
      ],
    ],
  ])('%s proves nothing: the seal is revoked', async (_name, make) => {
    const verdict = await judge(...(await make()))
    expect(verdict).toMatchObject(REVOKED)
    expect(verdict.impressions[0]).not.toHaveProperty('sealedBefore')
  })
})

function altered(bytes: Uint8Array): Uint8Array {
  return bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)
}
