/** When something that a holder gives out ends: a copy, or a delegation (ARCHITECTURE §3). */
import { type ErrorCode, fault } from '@onetrip/codec'
import { dayEnd, dayToNumber, today } from './calendar-day.ts'

const MAX_DAYS = 90

/**
 * The end of its last day, Unix seconds: within 90 days from today, and never after its credential. Throws the codes given, and
 * `time/format`.
 */
export function endOfUse(
  use: {
    /** Last calendar day, Asia/Shanghai. */
    readonly endDay: string
    /** Unix seconds. */
    readonly now: number
    /** Unix seconds. */
    readonly credentialEnd: number
  },
  codes: { readonly past: ErrorCode; readonly tooLong: ErrorCode },
): number {
  const days = dayToNumber(use.endDay) - dayToNumber(today(use.now))
  if (days < 0) throw fault(codes.past)
  const expiresAt = dayEnd(use.endDay)
  if (days > MAX_DAYS || expiresAt > use.credentialEnd) throw fault(codes.tooLong)
  return expiresAt
}
