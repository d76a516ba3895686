/** Cases about receipts for answers (ARCHITECTURE §3). */
import { fromHex, toHex } from '@onetrip/codec'
import { answerRequest, CLAIM, parseRequest } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { shownInAnswer } from '@onetrip/verifier'
import {
  BUREAU,
  heldChoices,
  NOW,
  SIGNERS,
  sampleCertificate,
  sampleReceipt,
  sampleRequest,
} from '../../packages/verifier/samples/asking-world.ts'
import { type AskingCase, caseOf, grey, type Judged, red, valid } from './asking-case.ts'
import { resigned } from './asking-cast.ts'

const DAY = 86_400

/** All cases of this kind; `trust` is that of the pack `asking`. */
export async function receiptCases(trust: Trust): Promise<readonly AskingCase[]> {
  const asked = await sampleRequest(NOW)
  const request = parseRequest(asked)
  const choices = await heldChoices()
  const answer = await answerRequest({ request, choices, now: NOW + 20 })
  const later = await answerRequest({ request, choices, now: NOW + 21 })
  const elsewhere = await answerRequest({
    request: { ...request, digest: new Uint8Array(32) },
    choices,
    now: NOW + 20,
  })
  const receiptFor = (
    given: Uint8Array,
    changes: Partial<Parameters<typeof sampleReceipt>[1]> = {},
  ) =>
    sampleReceipt(given, {
      request,
      shown: shownInAnswer(given, { request, trust }),
      now: NOW + 40,
      ...changes,
    })
  const receipt = await receiptFor(answer)
  const beside = { request: toHex(asked), answer: toHex(answer) }
  const of = (name: string, why: string, bytes: Uint8Array, judged: Judged): AskingCase =>
    caseOf('receipt', {
      name,
      why,
      hex: toHex(bytes),
      now: NOW + 60,
      ...judged,
      more: { ...beside, ...judged.more },
    })
  const bureau = await sampleCertificate(NOW, { office: BUREAU }, { enroller: SIGNERS.bureau })
  const other = await sampleRequest(NOW, { random: (length) => new Uint8Array(length) })
  const twin = toHex(await sampleRequest(NOW, { purpose: '核查身份' }))
  const certificate = await sampleCertificate(NOW)
  return [
    of('receipt-valid', 'for two licences, beside its request and its answer', receipt, valid),
    {
      ...of('receipt-alone', 'by itself', receipt, valid),
      input: { trust: 'asking', kind: 'receipt', hex: toHex(receipt) },
    },
    of(
      'receipt-answer',
      'for an answer made a second earlier',
      receipt,
      red('receipt/answer', { more: { answer: toHex(later) } }),
    ),
    of(
      'receipt-request',
      'for another request of the same office',
      receipt,
      red('receipt/request', { more: { request: toHex(other) } }),
    ),
    of(
      'receipt-other-purpose',
      'for a request with the same office and nonce and another purpose',
      receipt,
      red('receipt/request', { more: { request: twin } }),
    ),
    of(
      'receipt-agreement-purpose',
      'over the answer to a request with the same office and nonce and another purpose',
      await receiptFor(answer, { request: parseRequest(fromHex(twin)) }),
      red('key-binding/nonce', { more: { request: twin } }),
    ),
    of(
      'receipt-office',
      'from another office',
      await receiptFor(answer, { certificate: bureau }),
      red('receipt/office'),
    ),
    of(
      'receipt-agreement',
      'over an answer to another request',
      await receiptFor(elsewhere),
      red('key-binding/nonce', { more: { answer: toHex(elsewhere) } }),
    ),
    of(
      'receipt-from-future',
      'given in two minutes',
      await receiptFor(answer, { certificate, now: NOW + 121 }),
      grey('clock/differs'),
    ),
    of(
      'receipt-before-certificate',
      'given before the device was certified',
      await receiptFor(answer, { certificate, now: NOW - 2 * DAY }),
      grey('counter/not-yet-valid'),
    ),
    of(
      'receipt-format',
      'with an end of its own',
      await resigned(receipt, { claims: [[CLAIM.exp, NOW]] }),
      red('receipt/format'),
    ),
    of('receipt-wrong-type', 'a request in place of a receipt', asked, red('receipt/wrong-type')),
  ]
}
