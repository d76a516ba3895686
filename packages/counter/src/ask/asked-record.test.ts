import { sha256, toHex } from '@onetrip/codec'
import { answerRequest, parseRequest, requestText } from '@onetrip/credential'
import { parseMatterCatalogue } from '@onetrip/trust'
import { shownInAnswer, verifyAnswer } from '@onetrip/verifier'
import { beforeAll, expect, test } from 'vitest'
import {
  askingDocuments,
  askingTrust,
  heldChoices,
  MATTER,
  NOW,
  sampleRequest,
} from '../../../verifier/samples/asking-world.ts'
import { delegatesAnswer } from '../../../verifier/samples/delegates.ts'
import { scansToCsv, scansToJson } from '../scan-export.ts'
import type { ScanRecord } from '../scan-record.ts'
import { askedRecord } from './asked-record.ts'

const [matter] = parseMatterCatalogue(askingDocuments().catalogue).filter(
  ({ code }) => code === MATTER,
)
const PURPOSE = '办理食品经营许可新办'

let record: ScanRecord
let delegates: ScanRecord
let answer: Uint8Array

beforeAll(async () => {
  const trust = await askingTrust()
  const bytes = await sampleRequest(NOW)
  const request = parseRequest(bytes)
  answer = await answerRequest({ request, choices: await heldChoices(), now: NOW })
  if (matter === undefined) throw new TypeError('the catalogue lacks the matter')
  const recordOf = async (given: Uint8Array): Promise<ScanRecord> =>
    askedRecord({
      id: 'deadbeef-0000-4000-8000-000000000000',
      at: NOW,
      verdict: await verifyAnswer(given, { trust, now: NOW + 30, request }),
      asked: {
        matter: { code: matter.code, name: matter.name },
        purpose: PURPOSE,
        request: requestText(bytes),
        receipt: 'OT1:RECEIPT',
      },
      digest: sha256(given),
      shown: shownInAnswer(given, { request, trust }),
      types: trust.types,
    })
  record = await recordOf(answer)
  delegates = await recordOf(await delegatesAnswer())
})

test('the record names matter, materials and claims with their salted digests', () => {
  const { asked, ...rest } = record
  expect(rest).toMatchObject({ outcome: 'valid', mode: 'requested', holder: '陈**' })
  expect(rest.typeName).toEqual(matter?.name)
  expect(asked).toMatchObject({ purpose: PURPOSE, answer: toHex(sha256(answer)) })
  const names = asked?.materials.map(({ code, outcome, claims }) => [
    code,
    outcome,
    claims.map(({ name }) => name),
  ])
  expect(names).toEqual([
    ['business-licence', 'valid', ['address', 'legalRepresentative', 'scope']],
    ['identity', 'valid', ['idNumber', 'name']],
  ])
  const claims = asked?.materials.flatMap((material) => material.claims) ?? []
  expect(claims.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest))).toBe(true)
  expect(claims.every(({ display }) => display !== undefined)).toBe(true)
})

test('the record of a delegate’s answer says who answered, with all but the first character hidden', () => {
  expect(record.asked).not.toHaveProperty('delegate')
  expect(delegates.asked).toEqual({
    ...record.asked,
    answer: delegates.asked?.answer,
    delegate: '林**',
  })
})

test('neither the record nor what is exported of it holds a value', () => {
  const texts = [
    JSON.stringify(record),
    scansToJson([record], NOW),
    scansToCsv([record], (column) => column),
  ]
  for (const text of texts) {
    for (const value of ['陈样例', '33999919010101001X', '云栖区样例路']) {
      expect(text).not.toContain(value)
    }
  }
  expect(texts[2]).toContain('营业执照: 住所')
})
