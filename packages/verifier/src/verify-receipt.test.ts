/** Receipts: who gave it, for which request and answer, and what each side can prove with it later. */
import { encodeQrText } from '@onetrip/codec'
import {
  type AnswerChoice,
  answerRequest,
  type OfficeRequest,
  receiptText,
} from '@onetrip/credential'
import { businessLicenceOfSample } from '@onetrip/fixtures'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askedRequest,
  askingTrust,
  BUREAU,
  CENTRE,
  DEVICE,
  heldChoices,
  hold,
  INDEX,
  MATTER,
  NOW,
  SIGNERS,
  sampleCertificate,
  sampleReceipt,
  TWINS,
  URI,
  WANTS,
} from '../samples/asking-world.ts'
import { shownInAnswer } from './receipt-subject.ts'
import { type ReceiptOptions, verifyReceipt } from './verify-receipt.ts'

const DAY = 86_400
let trust: Trust
let request: OfficeRequest
let choices: readonly [AnswerChoice, AnswerChoice]
let answer: Uint8Array
let receipt: Uint8Array

beforeAll(async () => {
  trust = await askingTrust()
  request = await askedRequest()
  choices = await heldChoices()
  answer = await answerRequest({ request, choices, now: NOW + 20 })
  receipt = await receiptFor(answer)
})

function receiptFor(
  given: Uint8Array,
  changes: Partial<Parameters<typeof sampleReceipt>[1]> = {},
): Promise<Uint8Array> {
  const shown = shownInAnswer(given, { request, trust })
  return sampleReceipt(given, { request, shown, now: NOW + 40, ...changes })
}

function judge(input: Uint8Array | string, changes: Partial<ReceiptOptions> = {}) {
  return verifyReceipt(input, { trust, now: NOW + 60, request, answer, ...changes })
}

test('licences that their agencies did not sign prove no agreement, whoever holds their keys', async () => {
  const stranger = { ...SIGNERS.market, sign: SIGNERS.police.sign }
  const [want, other] = WANTS
  if (want === undefined || other === undefined) throw new TypeError('two wants')
  const forged = [
    await hold(businessLicenceOfSample, stranger, {
      ...{ want, index: INDEX.valid, uri: URI.market },
      holder: SIGNERS.holder,
    }),
    choices[1],
  ] as const
  const given = await answerRequest({ request, choices: forged, now: NOW + 20 })
  const verdict = await judge(await receiptFor(given), { answer: given })
  expect(verdict.proves).toEqual({ disclosure: true, agreement: false })
  expect(verdict.checks).toContainEqual(
    expect.objectContaining({ id: 'receipt-agreement', code: 'signature/invalid' }),
  )
})

describe('a receipt beside its request and its answer', () => {
  test('tells what was disclosed to which counter, and proves it both ways', async () => {
    const verdict = await judge(receiptText(receipt))
    expect(verdict).toMatchObject({
      outcome: 'valid',
      proves: { disclosure: true, agreement: true },
      receipt: {
        office: { id: CENTRE },
        device: { number: '03' },
        matter: { code: MATTER, name: { en: 'Opening a restaurant' } },
        issuedAt: NOW + 40,
        shown: [
          {
            material: { name: { 'zh-CN': '营业执照' } },
            issuer: { name: { 'zh-CN': '虚构市云栖区市场监督管理局' } },
            claims: [{ code: 'legalRepresentative' }, { code: 'address' }, { code: 'scope' }],
          },
          { type: { name: { 'zh-CN': '居民身份电子证照' } } },
        ],
      },
    })
  })

  test('holds no value', async () => {
    const text = JSON.stringify(await judge(receipt))
    for (const value of ['陈样例', '33999919010101001X', '云栖区样例路18号']) {
      expect(text).not.toContain(value)
      expect(Buffer.from(receipt).includes(value)).toBe(false)
    }
  })

  test('stays good when the certificate has ended since', async () => {
    const years = { now: NOW + 300 * DAY }
    const codes = (await judge(receipt, years)).checks.flatMap(({ code }) => code ?? [])
    expect(codes).toEqual(['trust/expired'])
  })

  test('is the office’s whichever of its counters gave it', async () => {
    const device = { number: '04', name: '二号窗口', key: SIGNERS.stranger.publicKey }
    const certificate = await sampleCertificate(NOW, { device })
    const other = await receiptFor(answer, { certificate, signer: SIGNERS.stranger })
    expect(await judge(other)).toMatchObject({
      outcome: 'valid',
      receipt: { device: { number: '04' } },
    })
  })

  test('of one licence names the material that it served as', async () => {
    const only = await answerRequest({ request, choices: [choices[1]], now: NOW + 20 })
    const verdict = await judge(await receiptFor(only), { answer: encodeQrText(only) })
    expect(verdict).toMatchObject({
      outcome: 'valid',
      proves: { disclosure: true, agreement: true },
    })
    expect(verdict.receipt?.shown).toMatchObject([{ material: { code: 'identity' } }])
  })
})

test('without its request it proves what was disclosed, and not to what the holder agreed', async () => {
  const verdict = await verifyReceipt(receipt, { trust, now: NOW + 60, answer })
  expect(verdict).toMatchObject({
    outcome: 'valid',
    proves: { disclosure: true, agreement: false },
  })
})

test('by itself it is genuine, proves nothing of an answer, and says which rules did not run', async () => {
  const verdict = await verifyReceipt(receipt, { trust, now: NOW + 60 })
  expect(verdict).toMatchObject({
    outcome: 'valid',
    proves: { disclosure: false, agreement: false },
  })
  const left = verdict.checks.flatMap(({ id, outcome }) => (outcome === 'not-run' ? [id] : []))
  expect(left).toEqual(['receipt-office', 'receipt-request', 'receipt-answer', 'receipt-agreement'])
})

describe('is refused', () => {
  test('for another answer of the same licences', async () => {
    const other = await answerRequest({ request, choices, now: NOW + 21 })
    expect(await judge(receipt, { answer: other })).toMatchObject({
      outcome: 'invalid',
      reason: 'receipt/answer',
      proves: { disclosure: false, agreement: false },
    })
  })

  test('when it says less, or something else, than the answer discloses', async () => {
    const [first, second] = shownInAnswer(answer, { request, trust })
    if (first === undefined || second === undefined) throw new TypeError('two licences')
    const fewer = { ...first, claims: first.claims.slice(1) }
    const renamed = {
      ...first,
      claims: first.claims.map((claim, at) => (at === 2 ? { ...claim, name: 'zzz' } : claim)),
    }
    for (const shown of [[first], [fewer, second], [renamed, second], [second, first]]) {
      const own = await receiptFor(answer, { shown })
      expect(await judge(own)).toMatchObject({ outcome: 'invalid', reason: 'receipt/answer' })
    }
  })

  test('for another request, another matter, another office', async () => {
    const other = await askedRequest({ random: (length) => new Uint8Array(length) })
    expect(await judge(receipt, { request: other })).toMatchObject({
      outcome: 'invalid',
      reason: 'receipt/request',
    })
    expect(await judge(receipt, { request: { ...request, matter: 'other' } })).toMatchObject({
      outcome: 'invalid',
      reason: 'receipt/request',
    })
    expect(await judge(receipt, { request: { ...request, office: BUREAU } })).toMatchObject({
      outcome: 'invalid',
      reason: 'receipt/office',
    })
  })

  test.each(Object.entries(TWINS))(
    'for a request with the same office and nonce and another %s',
    async (_, changes) => {
      const twin = await askedRequest(await changes())
      expect([twin.office, twin.nonce]).toEqual([request.office, request.nonce])
      // The receipt for the one beside the other, and a receipt for the other over the answer to the one.
      expect(await judge(receipt, { request: twin })).toMatchObject({
        outcome: 'invalid',
        reason: 'receipt/request',
        proves: { agreement: false },
      })
      const swapped = await receiptFor(answer, { request: twin })
      expect(await judge(swapped, { request: twin })).toMatchObject({
        outcome: 'invalid',
        reason: 'key-binding/nonce',
        proves: { disclosure: true, agreement: false },
      })
    },
  )

  test('over an answer that was made for another request or signed by another key', async () => {
    const other = await askedRequest({ random: (length) => new Uint8Array(length) })
    const old = await answerRequest({ request: other, choices, now: NOW })
    expect(await judge(await receiptFor(old), { answer: old })).toMatchObject({
      outcome: 'invalid',
      reason: 'key-binding/nonce',
      proves: { disclosure: true, agreement: false },
    })
    const elsewhere = await answerRequest({
      request: { ...request, office: BUREAU },
      choices,
      now: NOW,
    })
    expect(await judge(await receiptFor(elsewhere), { answer: elsewhere })).toMatchObject({
      reason: 'key-binding/audience',
    })
    const [business, identity] = choices
    const stolen = [business, { ...identity, signer: SIGNERS.stranger }]
    const forged = await answerRequest({ request, choices: stolen, now: NOW })
    expect(await judge(await receiptFor(forged), { answer: forged })).toMatchObject({
      outcome: 'invalid',
      reason: 'key-binding/signature',
    })
  })

  test('from the future, from before its certificate, from a denied device', async () => {
    expect(await judge(await receiptFor(answer, { now: NOW + 121 }))).toMatchObject({
      outcome: 'unverifiable',
      reason: 'clock/differs',
    })
    const certificate = await sampleCertificate(NOW)
    const early = await receiptFor(answer, { certificate, now: NOW - 2 * DAY })
    expect(await judge(early)).toMatchObject({
      outcome: 'unverifiable',
      reason: 'counter/not-yet-valid',
      proves: { disclosure: false, agreement: true },
    })
    expect(await judge(receipt, { trust: await askingTrust([DEVICE]) })).toMatchObject({
      outcome: 'invalid',
      reason: 'counter/denied',
    })
  })

  test('signed by anybody else', async () => {
    const stolen = { publicKey: DEVICE.publicKey, sign: SIGNERS.stranger.sign }
    const verdict = await judge(await receiptFor(answer, { signer: stolen }))
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'signature/invalid' })
    expect(verdict).not.toHaveProperty('receipt')
  })

  test('any bit flipped anywhere', async () => {
    for (let at = 0; at < receipt.length; at += 1) {
      const flipped = receipt.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      const verdict = await judge(flipped, { answer: undefined, request: undefined } as object)
      expect([at, verdict.outcome]).not.toEqual([at, 'valid'])
      expect([at, verdict.receipt]).toEqual([at, undefined])
    }
  })
})

describe('what an answer discloses', () => {
  test('a licence that serves as nothing is answer/unasked', () => {
    const unasked = () => shownInAnswer(single, { request: { wants: [] }, trust })
    expect(unasked).toThrow('answer/unasked')
  })

  test.each<[string, () => Trust, string]>([
    ['issuer', () => ({ ...trust, agencyById: () => undefined }), 'issuer/unknown'],
    ['type', () => ({ ...trust, type: () => undefined }), 'type/unknown'],
  ])('an unknown %s has a code', (_, other, code) => {
    expect(() => shownInAnswer(answer, { request, trust: other() })).toThrow(code)
  })

  let single: Uint8Array
  beforeAll(async () => {
    single = await answerRequest({ request, choices: [choices[1]], now: NOW })
  })
})
