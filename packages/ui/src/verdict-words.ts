/**
 * The one word of a verdict, its sign and its tone. Red is split by code: lapsed, or not genuine; what is valid
 * and near its end looks amber.
 */

import type { ErrorCode } from '@onetrip/codec'
import { dayEnd } from '@onetrip/credential'
import type { LicenceVerdict, Outcome, Verdict } from '@onetrip/verifier'
import { type Localised, localised } from './language.ts'
import type { Sign } from './sign-icon.tsx'

/** How a verdict looks: `lapsed` was genuine once or is not for here, `forged` is not genuine. */
export type VerdictTone = 'valid' | 'caution' | 'lapsed' | 'forged' | 'unverifiable'

/** The sign of each tone; shape differs as well as colour (WCAG 2.2 §1.4.1). */
export const TONE_SIGNS: Readonly<Record<VerdictTone, Sign>> = {
  valid: 'tick',
  caution: 'exclamation',
  lapsed: 'cross',
  forged: 'octagon',
  unverifiable: 'question',
}

const OUTCOME_WORDS: Readonly<Record<Outcome, Localised>> = {
  valid: { 'zh-CN': '有效', en: 'Valid' },
  caution: { 'zh-CN': '请留意', en: 'Caution' },
  invalid: { 'zh-CN': '不真实', en: 'Not genuine' },
  unverifiable: { 'zh-CN': '无法核验', en: 'Cannot verify' },
}

const EXPIRED: Localised = { 'zh-CN': '已过期', en: 'Expired' }
const TOO_EARLY: Localised = { 'zh-CN': '未生效', en: 'Too early' }
const NOT_FOR_HERE: Localised = { 'zh-CN': '不适用', en: 'Not for here' }
const COPY: Localised = { 'zh-CN': '加注件', en: 'Copy' }
const ENDS_SOON: Localised = { 'zh-CN': '即将到期', en: 'Ends soon' }
const BAD_STAMP: Localised = { 'zh-CN': '时间戳不符', en: 'Bad time-stamp' }
const MAY_NOT_ASK: Localised = { 'zh-CN': '无权索取', en: 'May not ask' }
const OTHER_RECEIPT: Localised = { 'zh-CN': '回执不符', en: 'Other receipt' }
const OLD_DATA: Localised = { 'zh-CN': '数据较旧', en: 'Old data' }

/** Codes of what was genuine once, or is genuine and not meant for this use. */
const LAPSED: Readonly<Partial<Record<ErrorCode, Localised>>> = {
  'counter/denied': { 'zh-CN': '设备已停用', en: 'Device denied' },
  'counter/expired': { 'zh-CN': '登记已到期', en: 'Enrolment over' },
  'credential/expired': EXPIRED,
  'credential/not-yet-valid': TOO_EARLY,
  'delegation/delegate': NOT_FOR_HERE,
  'delegation/expired': EXPIRED,
  'delegation/matter': NOT_FOR_HERE,
  'delegation/revoked': { 'zh-CN': '已收回', en: 'Taken back' },
  'key-binding/audience': NOT_FOR_HERE,
  'licence/expired': EXPIRED,
  'licence/not-yet-valid': TOO_EARLY,
  'presentation/copy-expired': EXPIRED,
  'presentation/expired': { 'zh-CN': '已过时', en: 'Outdated' },
  'presentation/mode': NOT_FOR_HERE,
  'presentation/recipient': NOT_FOR_HERE,
  'receipt/answer': OTHER_RECEIPT,
  'receipt/office': OTHER_RECEIPT,
  'receipt/request': OTHER_RECEIPT,
  'request/expired': { 'zh-CN': '已过时', en: 'Outdated' },
  'request/matter': MAY_NOT_ASK,
  'request/office': MAY_NOT_ASK,
  'request/over-asking': { 'zh-CN': '超出范围', en: 'Asks too much' },
  'certificate/expired': { 'zh-CN': '印章已过期', en: 'Seal expired' },
  'seal/expired': { 'zh-CN': '印章已过期', en: 'Seal expired' },
  'seal/not-yet-valid': { 'zh-CN': '印章未启用', en: 'Seal too early' },
  'seal/revoked': { 'zh-CN': '印章已撤销', en: 'Seal revoked' },
  'seal/suspended': { 'zh-CN': '印章已暂停', en: 'Seal suspended' },
  // 吊销 is one act of law of several, and which one it was no status list says.
  'status/revoked': { 'zh-CN': '已失效', en: 'Void' },
  'status/suspended': { 'zh-CN': '已暂停', en: 'Suspended' },
}

const OTHER_WORDS: Readonly<Partial<Record<ErrorCode, Localised>>> = {
  'answer/missing': { 'zh-CN': '材料不全', en: 'Incomplete' },
  'answer/unasked': { 'zh-CN': '有多余内容', en: 'Extra shown' },
  'clock/differs': { 'zh-CN': '时间不符', en: 'Clock differs' },
  'clock/rolled-back': { 'zh-CN': '时间不符', en: 'Clock differs' },
  'key-binding/issued-at': { 'zh-CN': '时间不符', en: 'Clock differs' },
  'delegation/unnamed': { 'zh-CN': '代办人不明', en: 'Unnamed' },
  'licence-seal/unknown': { 'zh-CN': '印章待查', en: 'Seal unknown' },
  'pdf/not-sealed': { 'zh-CN': '没有印章', en: 'No seal' },
  'receipt/missing': { 'zh-CN': '缺存证回执', en: 'No log receipt' },
  'receipt/unwitnessed': { 'zh-CN': '存证待见证', en: 'Not witnessed' },
  'presentation/copy': COPY,
  'presentation/delegation': { 'zh-CN': '委托', en: 'Delegation' },
  'presentation/paper': { 'zh-CN': '纸质证照', en: 'Paper' },
  'presentation/recipient-by-name': COPY,
  'presentation/replayed': { 'zh-CN': '重复出示', en: 'Repeated' },
  'qr/encoding': { 'zh-CN': '读码有误', en: 'Misread' },
  'qr/not-a-credential': { 'zh-CN': '不是证照码', en: 'Not a licence' },
  'seal/from-future': { 'zh-CN': '时间不符', en: 'Clock differs' },
  'status/stale': OLD_DATA,
  'timestamp/imprint': BAD_STAMP,
  'timestamp/signature': BAD_STAMP,
  'trust/stale': OLD_DATA,
}

/** A matter that a licence is shown for may take that long. */
const ENDS_SOON_SECONDS = 30 * 86_400

/** The part of a verdict that its head shows. */
export interface VerdictHead extends Pick<Verdict, 'outcome' | 'reason'> {
  /** Last day, `YYYY-MM-DD`, of a valid licence that is near it. */
  readonly endsOn?: string
}

/** The part of a verdict that its head is made of. */
export interface HeadSource extends Pick<Verdict, 'outcome' | 'reason'> {
  readonly licences: readonly Pick<LicenceVerdict, 'validTo'>[]
}

/** The head of a verdict made at `at`, Unix seconds. */
export function headOf({ outcome, reason, licences }: HeadSource, at: number): VerdictHead {
  const days = licences.flatMap(({ validTo }) => validTo ?? []).sort()
  const endsOn = days.find((day) => outcome === 'valid' && dayEnd(day) - at <= ENDS_SOON_SECONDS)
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(endsOn === undefined ? {} : { endsOn }),
  }
}

/** The tone of a verdict. */
export function toneOf({ outcome, reason, endsOn }: VerdictHead): VerdictTone {
  if (outcome === 'valid') return endsOn === undefined ? 'valid' : 'caution'
  if (outcome !== 'invalid') return outcome
  return reason !== undefined && LAPSED[reason] !== undefined ? 'lapsed' : 'forged'
}

/** The word of a verdict in the current language. */
export function wordOf({ outcome, reason, endsOn }: VerdictHead): string {
  if (outcome === 'valid' && endsOn !== undefined) return localised(ENDS_SOON)
  const own = reason === undefined ? undefined : (LAPSED[reason] ?? OTHER_WORDS[reason])
  return localised(own ?? OUTCOME_WORDS[outcome])
}
