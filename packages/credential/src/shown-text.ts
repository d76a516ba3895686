/** Days as people read them, the same on faces, on paper and in what is read back from paper. */
import type { DisplayText } from './type-definition.ts'

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
] as const

/** A calendar day `YYYY-MM-DD`: `2026年11月20日`, `20 November 2026`; any other text as it is. */
export function dayText(day: string): DisplayText {
  const [, year = '', month = '', dayOfMonth = ''] = DAY.exec(day) ?? []
  const name = MONTHS[Number(month) - 1]
  if (name === undefined) return { 'zh-CN': day, en: day }
  return {
    'zh-CN': `${Number(year)}年${Number(month)}月${Number(dayOfMonth)}日`,
    en: `${Number(dayOfMonth)} ${name} ${Number(year)}`,
  }
}

/** First and last day; no last day is `长期` / `long-term`. */
export function validityText(validity: {
  readonly validFrom: string
  readonly validTo?: string | undefined
}): DisplayText {
  const from = dayText(validity.validFrom)
  if (validity.validTo === undefined) {
    return { 'zh-CN': `${from['zh-CN']}起，长期有效`, en: `from ${from.en}, long-term` }
  }
  const to = dayText(validity.validTo)
  return { 'zh-CN': `${from['zh-CN']} 至 ${to['zh-CN']}`, en: `${from.en} to ${to.en}` }
}
