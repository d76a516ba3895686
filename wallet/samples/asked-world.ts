/** For tests: licences in a wallet that an office asks for, and the consent and receipt of one answer to it. */
import { sha256, toHex } from '@onetrip/codec'
import {
  type AnswerChoice,
  answerRequest,
  answerText,
  parseRequest,
  receiptText,
  requestText,
} from '@onetrip/credential'
import { shownInAnswer } from '@onetrip/verifier'
import {
  askingTrust,
  CENTRE,
  heldChoices,
  NOW,
  sampleReceipt,
  sampleRequest,
} from '../../packages/verifier/samples/asking-world.ts'
import type { ConsentEntry } from '../src/asked/consent-entry.ts'
import type { Candidate } from '../src/asked/fitting.ts'
import { licenceContent } from '../src/licence-content.ts'
import type { HeldState } from '../src/licence-state.ts'
import { sampleHolderKeys } from './sample-world.ts'

const OFFICE = { 'zh-CN': '虚构市云栖区政务服务中心', en: 'Service centre' }
const NAME = { 'zh-CN': '营业执照', en: 'Business licence' }

/** A wallet's licence of an {@link AnswerChoice}, under this id and in this state. */
export function candidateOf(
  { credential, type }: AnswerChoice,
  id: string,
  state: HeldState['state'] = 'in-force',
): Candidate {
  const licence = {
    format: 1,
    id,
    summary: {
      typeCode: type.typeCode,
      typeVersion: type.version,
      typeName: type.name,
      hue: type.hue,
      about: type.about,
      number: 'N-1',
      version: 1,
      holder: '陈样例',
      issuer: OFFICE,
      validFrom: '2025-09-01',
      expiresAt: NOW + 86_400,
    },
    type,
    sdCwt: credential,
    sdJwt: '',
    keys: sampleHolderKeys,
    receivedAt: NOW - 3600,
    shownCount: 0,
    copies: [],
  } as const
  const content = licenceContent(licence, undefined)
  if (content === undefined) throw new TypeError('the licence cannot be read')
  return { licence, content, state: { state, sentence: 'in-force' } }
}

/** One answer to the sample request as the wallet keeps it, and the office's receipt for it. */
export async function sampleConsent(): Promise<{
  readonly entry: ConsentEntry
  readonly receipt: string
}> {
  const trust = await askingTrust()
  const bytes = await sampleRequest(NOW)
  const request = parseRequest(bytes)
  const answer = await answerRequest({ request, choices: await heldChoices(), now: NOW })
  const shown = shownInAnswer(answer, { request, trust })
  const entry: ConsentEntry = {
    format: 1,
    id: toHex(sha256(answer)).slice(0, 8),
    at: NOW,
    kind: 'consent',
    office: { id: CENTRE, name: OFFICE },
    device: { number: '03', name: '一号窗口' },
    matter: { code: 'open-restaurant', name: { 'zh-CN': '开餐馆一件事', en: 'A restaurant' } },
    purpose: '办理食品经营许可新办',
    shown: [
      {
        material: 'business-licence',
        materialName: NAME,
        licenceId: 'a',
        typeName: NAME,
        number: '91339901MAXYN00113',
        claims: [{ 'zh-CN': '住所', en: 'Address' }],
      },
      {
        material: 'identity',
        licenceId: 'b',
        typeName: { 'zh-CN': '居民身份证', en: 'Identity' },
        number: '7Q2M',
        claims: [{ 'zh-CN': '姓名', en: 'Name' }],
      },
    ],
    request: requestText(bytes),
    answer: answerText(answer),
  }
  const receipt = await sampleReceipt(answer, { request, shown, now: NOW + 20 })
  return { entry, receipt: receiptText(receipt) }
}
