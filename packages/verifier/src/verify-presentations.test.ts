import { toHex } from '@onetrip/codec'
import {
  answerRequest,
  matterTransaction,
  parseAnswer,
  queryIdsOf,
  transactionHash,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askedRequest,
  askingTrust,
  CENTRE,
  heldChoices,
  MATTER,
  NOW,
  SIGNERS,
  WANTS,
} from '../samples/asking-world.ts'
import { VP_NONCE, vpPresentations } from '../samples/online-asking.ts'
import { type PresentationsOptions, verifyAnswer, verifyPresentations } from './verify-answer.ts'

const AUDIENCE = 'x509_san_dns:verify.onetrip.example'
const TRANSACTION = matterTransaction({
  credentialIds: queryIdsOf(WANTS),
  matter: MATTER,
  purpose: '办理食品经营许可新办',
})

let trust: Trust
beforeAll(async () => {
  trust = await askingTrust()
})

function options(expected: Partial<PresentationsOptions['expected']> = {}): PresentationsOptions {
  return {
    trust,
    now: NOW,
    request: {
      office: CENTRE,
      matter: MATTER,
      issuedAt: NOW,
      expiresAt: NOW + 300,
      wants: WANTS,
    },
    expected: { audience: AUDIENCE, nonce: VP_NONCE, ...expected },
  }
}

describe('presentations of OpenID4VP', () => {
  test('are put to their materials', async () => {
    const verdict = await verifyPresentations(await vpPresentations(AUDIENCE), options())
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', undefined])
    expect(verdict.materials.map(({ licence }) => licence?.claims.map(({ name }) => name))).toEqual(
      [
        ['name', 'uscc', 'legalRepresentative', 'address', 'scope'],
        ['name', 'idNumber'],
      ],
    )
    expect(new Set(verdict.presentationIds).size).toBe(WANTS.length)
  })

  test('that serve as one material are one, and another that was not asked', async () => {
    const [business, identity] = await vpPresentations(AUDIENCE)
    const [forged] = await vpPresentations(AUDIENCE, { signer: SIGNERS.marketJws })
    if (business === undefined || identity === undefined || forged === undefined) {
      throw new TypeError('too little is presented')
    }
    const again = await vpPresentations(AUDIENCE)
    const twice = await verifyPresentations([business, identity, ...again.slice(1)], options())
    expect(twice).toMatchObject({ outcome: 'caution', reason: 'answer/unasked' })
    expect(twice.unasked).toMatchObject([{ outcome: 'valid' }])
    const beside = await verifyPresentations([business, identity, forged], options())
    expect(beside).toMatchObject({ outcome: 'invalid', reason: 'key-binding/signature' })
  })

  test('for another client, with another nonce, or by another key do not count', async () => {
    const cases = {
      'key-binding/audience': vpPresentations('x509_san_dns:other.example'),
      'key-binding/nonce': vpPresentations(AUDIENCE, { nonce: 'another' }),
      'key-binding/signature': vpPresentations(AUDIENCE, { signer: SIGNERS.marketJws }),
    }
    for (const [code, parts] of Object.entries(cases)) {
      const verdict = await verifyPresentations(await parts, options())
      expect([verdict.outcome, verdict.reason]).toEqual(['invalid', code])
    }
  })

  test('and answers to a counter’s request never pass for one another, whatever the nonces', async () => {
    const request = await askedRequest()
    const nonce = toHex(request.digest)
    const [online] = await vpPresentations(AUDIENCE, { nonce })
    if (online === undefined) throw new TypeError('nothing is presented')
    const at = { trust, now: NOW, request }
    const asAnswer = await verifyAnswer(online.presentation, at)
    const answer = await answerRequest({ request, choices: await heldChoices(), now: NOW })
    const asOnline = await verifyPresentations(parseAnswer(answer), options({ nonce }))
    for (const verdict of [asAnswer, asOnline]) {
      expect([verdict.outcome, verdict.reason]).toEqual(['invalid', 'key-binding/audience'])
    }
  })

  test('sign the transaction data of the request, and no other', async () => {
    const transactionHashes = [transactionHash(TRANSACTION)]
    const signed = await vpPresentations(AUDIENCE, { transactionData: [TRANSACTION] })
    const reasonOf = async (parts: typeof signed, expected: { transactionHashes?: string[] }) =>
      (await verifyPresentations(parts, options(expected))).reason
    expect(await reasonOf(signed, { transactionHashes })).toBeUndefined()
    const differs = 'key-binding/transaction-data'
    expect(await reasonOf(signed, {})).toBe(differs)
    expect(await reasonOf(await vpPresentations(AUDIENCE), { transactionHashes })).toBe(differs)
    const others = { transactionHashes: [transactionHash('another')] }
    expect(await reasonOf(signed, others)).toBe(differs)
  })

  test('the same one as two materials is a replay', async () => {
    const [first] = await vpPresentations(AUDIENCE)
    if (first === undefined) throw new TypeError('nothing is presented')
    const verdict = await verifyPresentations(
      [first, { ...first, material: 'identity' }],
      options(),
    )
    const codes = [...verdict.materials, ...verdict.unasked].flatMap(({ checks }) =>
      checks.map(({ code }) => code),
    )
    expect(codes).toContain('presentation/replayed')
  })
})
