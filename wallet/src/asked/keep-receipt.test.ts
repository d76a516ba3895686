import { decodeCodeText, fromBase64url, sha256, signJws, utf8Decode } from '@onetrip/codec'
import {
  answerBytes,
  answerRequest,
  answerText,
  deviceSignedForm,
  parseRequest,
  parseVpRequest,
  receiptText,
  requestText,
  vpTokenText,
} from '@onetrip/credential'
import { shownInAnswer } from '@onetrip/verifier'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askingTrust,
  DEVICE,
  heldChoices,
  NOW,
  sampleReceipt,
  sampleRequest,
  WANTS,
} from '../../../packages/verifier/samples/asking-world.ts'
import {
  ASKER,
  requestCertificate,
  vpPresentations,
  vpRequest,
} from '../../../packages/verifier/samples/online-asking.ts'
import { sampleConsent } from '../../samples/asked-world.ts'
import { type HistoryEntry, searched } from '../history-entry.ts'
import { historyToCsv, historyToJson } from '../history-export.ts'
import { parseEntry } from '../stored-shape.ts'
import type { ConsentEntry } from './consent-entry.ts'
import { judgeReceipt } from './keep-receipt.ts'

let entry: ConsentEntry
let receipt: string

beforeAll(async () => {
  const consent = await sampleConsent()
  entry = consent.entry
  receipt = consent.receipt
})

async function judge(
  input: string | Uint8Array,
  entries: readonly HistoryEntry[] = [entry],
): ReturnType<typeof judgeReceipt> {
  return judgeReceipt(input, { trust: await askingTrust(), now: NOW + 30, entries })
}

describe('a receipt', () => {
  test('is kept with the consent that it is for, as text or as bytes', async () => {
    const kept = { ...entry, receipt: { at: NOW + 20, text: receipt } }
    expect(await judge(receipt)).toEqual({ outcome: 'genuine', entry: kept })
    expect(await judge(decodeCodeText(receipt))).toEqual({ outcome: 'genuine', entry: kept })
    expect(parseEntry(kept)).toBe(kept)
  })

  test('is found between others, of which one is damaged', async () => {
    const random = (length: number) => sha256(Uint8Array.of(2)).slice(0, length)
    const before = { ...entry, request: requestText(await sampleRequest(NOW, { random })) }
    const bytes = decodeCodeText(entry.request)
    const payload = Buffer.from(bytes).indexOf(parseRequest(bytes).sign1.payload)
    const damaged = { ...entry, request: requestText(bytes.with(payload, 0xff)) }
    expect(deviceSignedForm(damaged.request)).toBe('request')
    const kept = { ...entry, receipt: { at: NOW + 20, text: receipt } }
    const judged = await judge(receipt, [before, damaged, entry])
    expect(judged).toEqual({ outcome: 'genuine', entry: kept })
    expect(await judge(receipt, [before, damaged])).toEqual({
      outcome: 'refused',
      code: 'receipt/request',
    })
  })

  test('is kept with the answer that it names, where the holder agreed twice to one request', async () => {
    const trust = await askingTrust()
    const request = parseRequest(decodeCodeText(entry.request))
    const second = await answerRequest({ request, choices: await heldChoices(), now: NOW + 5 })
    const shown = shownInAnswer(second, { request, trust })
    const text = receiptText(await sampleReceipt(second, { request, shown, now: NOW + 20 }))
    const again = { ...entry, id: 'again', answer: answerText(second) }
    const damaged = { ...entry, id: 'damaged', answer: 'OT1:' }
    const entries = [damaged, entry, again]
    const kept = { ...again, receipt: { at: NOW + 20, text } }
    expect(await judge(text, entries)).toEqual({ outcome: 'genuine', entry: kept })
    const first = { ...entry, receipt: { at: NOW + 20, text: receipt } }
    expect(await judge(receipt, entries.toReversed())).toEqual({ outcome: 'genuine', entry: first })
  })

  test('for something that this wallet did not answer is not kept', async () => {
    expect(await judge(receipt, [])).toEqual({ outcome: 'refused', code: 'receipt/request' })
  })

  test('for another answer to the same request is not kept', async () => {
    // The sample request has one nonce in every run.
    const other = { ...entry, answer: `${receipt}` }
    expect(await judge(receipt, [other])).toEqual({ outcome: 'refused', code: 'receipt/answer' })
  })

  test('of a device that its office denied is not kept', async () => {
    const trust = await askingTrust([DEVICE])
    const judged = await judgeReceipt(receipt, { trust, now: NOW + 30, entries: [entry] })
    expect(judged).toEqual({ outcome: 'refused', code: 'counter/denied' })
  })

  test('is no request, and no text of another kind', async () => {
    expect(await judge(requestText(await sampleRequest(NOW)))).toEqual({
      outcome: 'refused',
      code: 'receipt/wrong-type',
    })
    expect(await judge('OT1:')).toMatchObject({ outcome: 'refused' })
  })
})

describe('a receipt for an answer over the network', () => {
  let online: ConsentEntry
  let text: string
  beforeAll(async () => {
    const request = await vpRequest({ certificate: await requestCertificate() })
    const { clientId, nonce, matter } = parseVpRequest(request)
    const parts = await vpPresentations(clientId, { nonce })
    const answer = vpTokenText(
      parts.map(({ material, presentation }) => ({ queryId: material, presentation })),
    )
    online = { ...entry, request, answer }
    const trust = await askingTrust()
    const bytes = await sampleReceipt(answerBytes(answer), {
      request: { matter, digest: fromBase64url(nonce), client: clientId },
      shown: shownInAnswer(answer, { request: { wants: WANTS }, trust }),
      now: NOW + 20,
    })
    text = receiptText(bytes)
  })

  test('is kept with it, between others', async () => {
    const kept = { ...online, receipt: { at: NOW + 20, text } }
    expect(await judge(text, [entry, online])).toEqual({ outcome: 'genuine', entry: kept })
  })

  test('is not kept with a consent to other words, of another office or to what commits to nothing', async () => {
    const { jws } = parseVpRequest(online.request)
    const { alg: _added, ...header } = jws.header
    const { onetrip_salt: _salt, ...payload } = JSON.parse(utf8Decode(jws.payload))
    const others: readonly Partial<ConsentEntry>[] = [
      { purpose: '贷款担保' },
      { matter: { code: 'loan' } },
      { request: await signJws({ header, payload, signer: ASKER }) },
      { request: 'eyJ' },
    ]
    for (const change of others) {
      expect(await judge(text, [{ ...online, ...change }])).toEqual({
        outcome: 'refused',
        code: 'receipt/request',
      })
    }
    const office = { ...online.office, id: '11339901XYN000014M' }
    expect(await judge(text, [{ ...online, office }])).toEqual({
      outcome: 'refused',
      code: 'receipt/office',
    })
  })

  test('is not kept with another answer, nor is that of a code', async () => {
    const other = { ...online, answer: entry.answer }
    expect(await judge(text, [other])).toEqual({ outcome: 'refused', code: 'receipt/answer' })
    expect(await judge(receipt, [online])).toEqual({ outcome: 'refused', code: 'receipt/request' })
  })
})

describe('a consent in the history', () => {
  test('is found by office, matter, purpose, licence and claim', () => {
    for (const words of ['政务服务', '开餐馆', '食品经营', '营业执照', '住所', '7q2m']) {
      expect(searched([entry], words)).toEqual([entry])
    }
    expect(searched([entry], '烟草')).toEqual([])
  })

  test('is a line for each licence of a table', () => {
    const words = {
      column: (column: string) => column,
      kind: (kind: string) => kind,
      unproven: '?',
    }
    const lines = historyToCsv([entry], words).trim().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(',').slice(1))).toEqual([
      [
        'consent',
        '营业执照',
        '91339901MAXYN00113',
        '住所',
        '虚构市云栖区政务服务中心',
        '办理食品经营许可新办',
        '',
      ],
      [
        'consent',
        '居民身份证',
        '7Q2M',
        '姓名',
        '虚构市云栖区政务服务中心',
        '办理食品经营许可新办',
        '',
      ],
    ])
  })

  test('is exported with request and receipt, and without the answer', () => {
    const kept = { ...entry, receipt: { at: NOW + 20, text: receipt } }
    const json = historyToJson([kept], NOW + 60)
    expect(JSON.parse(json)).toMatchObject({
      entries: [
        {
          kind: 'consent',
          recipient: { kind: 'office', id: entry.office.id },
          request: entry.request,
          receipt: { text: receipt },
        },
      ],
    })
    expect(json).not.toContain(entry.answer.slice(0, 200))
  })

  test.each<[string, unknown]>([
    ['no office', { office: undefined }],
    ['licences of another kind', { shown: ['x'] }],
    ['no answer', { answer: undefined }],
    ['half a receipt', { receipt: { at: NOW } }],
    ['a word that it is proven', { unproven: false }],
    ['a receipt that says it is confirmed', { receipt: { at: NOW, text: '', unconfirmed: false } }],
  ])('that is stored with %s is storage/corrupt', (_, change) => {
    expect(() => parseEntry({ ...entry, ...(change as object) })).toThrow(
      expect.objectContaining({ code: 'storage/corrupt' }),
    )
  })
})
