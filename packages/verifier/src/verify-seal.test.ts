import { type ErrorCode, utf8Encode } from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MAKER,
  SEALED_AT,
  STRANGER,
  sealBytes,
  sealFacts,
} from '../../seal/samples/sample-seals.ts'
import { MAKER_NAME, type SealTrustChanges, sealTrust } from '../../seal/samples/sealed-letter.ts'
import type { SealVerdict } from './document-verdict.ts'
import type { DocumentOptions } from './options.ts'
import { severityOf } from './severity.ts'
import type { Outcome } from './verdict.ts'
import { verifySeal } from './verify-seal.ts'

const HOUR = 3600
const DAY = 86_400
const trust = await sealTrust()
const { cose, jws } = await sealBytes()

function judge(
  input: Uint8Array | string = cose,
  options: Partial<DocumentOptions> = {},
): Promise<SealVerdict> {
  return verifySeal(input, { trust, now: SEALED_AT + HOUR, accept: ['document'], ...options })
}

function failedOf({ checks }: SealVerdict): readonly ErrorCode[] {
  return checks.flatMap(({ code }) => code ?? [])
}

describe('a seal by itself', () => {
  test.each([
    ['COSE', cose],
    ['JWS', jws],
  ])('as %s is valid: its maker, its period, its status as of a time', async (_name, input) => {
    const verdict = await judge(input)
    expect(verdict).toMatchObject({
      outcome: 'valid',
      evidence: { mode: 'document', trustVersion: 3 },
      seal: {
        maker: { name: MAKER_NAME },
        id: '33990100000017',
        owner: sealFacts().owner,
        hasEnded: false,
        image: sealFacts().image,
      },
      status: { value: 'valid', asOf: SEALED_AT, ageSeconds: HOUR },
    })
    const ids = verdict.checks.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(verdict.checks.every(({ outcome }) => outcome === 'passed')).toBe(true)
  })

  test.each<readonly [string, SealTrustChanges, Outcome, ErrorCode]>([
    [
      'of an unknown maker',
      { makerId: '11339901XYN000014M' },
      'unverifiable',
      'seal/maker-unknown',
    ],
    ['under an unknown key', { makers: STRANGER }, 'unverifiable', 'key/unknown'],
    [
      'T22: under the maker’s key for status lists',
      { keys: { use: 'status' }, certificate: null },
      'unverifiable',
      'key/unknown',
    ],
    [
      'whose maker’s key was revoked before',
      { keys: { revokedFrom: SEALED_AT - 31 * DAY } },
      'invalid',
      'key/revoked',
    ],
    [
      'whose maker’s key began later',
      { keys: { notBefore: SEALED_AT } },
      'invalid',
      'key/outside-validity',
    ],
  ])('%s is not told of', async (_name, changes, outcome, reason) => {
    const verdict = await judge(cose, { trust: await sealTrust(changes) })
    expect(verdict).toMatchObject({ outcome, reason })
    expect(failedOf(verdict)).toEqual([reason])
    for (const told of ['seal', 'status']) expect(verdict).not.toHaveProperty(told)
  })

  test('whose maker’s key was revoked later stays valid', async () => {
    const later = await sealTrust({ keys: { revokedFrom: SEALED_AT } })
    expect((await judge(cose, { trust: later })).outcome).toBe('valid')
  })

  test.each<readonly [string, SealTrustChanges['list'], Outcome, ErrorCode]>([
    ['suspended', { value: 2 }, 'invalid', 'seal/suspended'],
    ['revoked', { value: 1 }, 'invalid', 'seal/revoked'],
    ['old', { issuedAt: SEALED_AT - 3 * DAY }, 'caution', 'status/stale'],
    ['too old', { issuedAt: SEALED_AT - 31 * DAY }, 'unverifiable', 'status/expired'],
    ['not in the list', { size: 16 }, 'unverifiable', 'status/index'],
  ])('%s', async (_name, list = {}, outcome, reason) => {
    const verdict = await judge(cose, { trust: await sealTrust({ list }) })
    expect(verdict).toMatchObject({ outcome, reason, seal: { kind: '99' } })
  })

  test.each<readonly [string, Parameters<typeof sealFacts>[0], ErrorCode]>([
    ['not yet', { validFrom: SEALED_AT + HOUR + 1 }, 'seal/not-yet-valid'],
    ['no more', { validTo: SEALED_AT + HOUR - 1 }, 'seal/expired'],
  ])('%s in its period is red, and told of', async (_name, changes, reason) => {
    const other = await sealBytes(sealFacts(changes))
    const verdict = await judge(other.cose)
    expect(verdict).toMatchObject({ outcome: 'invalid', reason, seal: { kind: '99' } })
  })

  test('by another key under the maker’s name is forged', async () => {
    const named = { ...STRANGER.cose.publicKey, kid: MAKER.cose.publicKey.kid }
    const signers = { ...MAKER, cose: { ...STRANGER.cose, publicKey: named } }
    const verdict = await judge((await sealBytes(sealFacts(), { signers })).cose)
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'signature/invalid' })
    expect(verdict).not.toHaveProperty('seal')
  })

  test('with a clock that is known to be wrong is not called too early', async () => {
    const { checks, reason } = await judge(cose, { now: SEALED_AT - 60 * DAY })
    expect(reason).toBe('clock/rolled-back')
    expect(checks.find(({ id }) => id === 'seal-period')?.outcome).toBe('not-run')
  })

  test('leaving everything out accepts nothing', async () => {
    const options = { trust, now: SEALED_AT } as DocumentOptions
    expect((await verifySeal(cose, options)).reason).toBe('presentation/mode')
  })
})

test.each<readonly [string, Uint8Array | string, Outcome, ErrorCode]>([
  ['too long', new Uint8Array(1_793), 'unverifiable', 'seal/too-large'],
  ['cut', cose.subarray(0, -1), 'invalid', 'cbor/truncated'],
  ['no JWS', 'a.b', 'invalid', 'jws/format'],
])('input that is %s', async (_name, input, outcome, reason) => {
  expect(await judge(input)).toMatchObject({ outcome, reason })
})

test('no byte of a seal can be altered and the verdict still be valid', async () => {
  for (const input of [cose, utf8Encode(jws)]) {
    for (let at = 0; at < input.length; at += 5) {
      const bytes = input.with(at, (input[at] ?? 0) ^ (1 << (at % 7)))
      const altered = input === cose ? bytes : new TextDecoder().decode(bytes)
      const { outcome, reason } = await judge(altered)
      expect([at, outcome === 'valid', reason && severityOf(reason)]).toEqual([at, false, outcome])
    }
  }
})

test('any bytes and any text give a verdict, and none of them is valid', async () => {
  const inputs = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 200 }))
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      expect((await judge(input)).outcome).not.toBe('valid')
    }),
  )
})
