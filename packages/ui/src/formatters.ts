/** Dates, times and ages in words. All days and clock times are Asia/Shanghai (UTC+8). */
import { dayText, validityText } from '@onetrip/credential'
import { type Language, language } from './language.ts'

const ZONE = 'Asia/Shanghai'
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A calendar day `YYYY-MM-DD` in words: `2026年11月20日`, `20 November 2026`. */
export function formatDay(day: string, of: Language = language.value): string {
  return dayText(day)[of]
}

/** The calendar day of a Unix time in seconds, in words. */
export function formatDate(unixSeconds: number, of: Language = language.value): string {
  return format(unixSeconds, of, { dateStyle: 'long' })
}

/** The clock time of a Unix time in seconds: `09:10`. */
export function formatClock(unixSeconds: number, of: Language = language.value): string {
  return format(unixSeconds, of, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** The clock time with seconds: `09:10:05`. */
export function formatClockSeconds(unixSeconds: number, of: Language = language.value): string {
  return format(unixSeconds, of, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
}

/** `09:10` when the time is on the day of `now`, else day and time. Both Unix seconds. */
export function formatMoment(
  unixSeconds: number,
  now: number,
  of: Language = language.value,
): string {
  const clock = formatClock(unixSeconds, of)
  if (sameDay(unixSeconds, now)) return clock
  const day = format(unixSeconds, of, {
    month: 'long',
    day: 'numeric',
    ...(yearOf(unixSeconds) === yearOf(now) ? {} : { year: 'numeric' }),
  })
  return of === 'zh-CN' ? `${day} ${clock}` : `${clock} on ${day}`
}

/** An age in seconds, as in `3 分钟前`, `2 hours ago`; below a minute `刚刚`, `just now`. */
export function formatAge(ageSeconds: number, of: Language = language.value): string {
  const age = Math.max(0, Math.floor(ageSeconds))
  if (age < MINUTE) return of === 'zh-CN' ? '刚刚' : 'just now'
  const relative = new Intl.RelativeTimeFormat(of, { numeric: 'always' })
  if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute')
  if (age < 2 * DAY) return relative.format(-Math.floor(age / HOUR), 'hour')
  return relative.format(-Math.floor(age / DAY), 'day')
}

/** From and to as calendar days; no end is `长期` / `long-term`. */
export function formatValidity(
  validity: { readonly validFrom: string; readonly validTo?: string | undefined },
  of: Language = language.value,
): string {
  return validityText(validity)[of]
}

function format(unixSeconds: number, of: Language, how: Intl.DateTimeFormatOptions): string {
  const locale = of === 'en' ? 'en-GB' : of
  return new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...how }).format(unixSeconds * 1000)
}

function sameDay(one: number, other: number): boolean {
  return dayKey(one) === dayKey(other)
}

function dayKey(unixSeconds: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(unixSeconds * 1000)
}

function yearOf(unixSeconds: number): string {
  return dayKey(unixSeconds).slice(0, 4)
}
