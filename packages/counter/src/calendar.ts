/** Days at the counter: Asia/Shanghai, 8 hours ahead of UTC all year. */

const DAY = 86_400
const SHANGHAI = 8 * 3600

/** Days since 1970-01-01 of a Unix time in seconds. */
export function dayOf(unixSeconds: number): number {
  return Math.floor((unixSeconds + SHANGHAI) / DAY)
}

/** A Unix time in seconds as `2026-11-23 09:10:05`. */
export function localTime(unixSeconds: number): string {
  return new Date((unixSeconds + SHANGHAI) * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Day number to `2026-11-23`. */
export function dayName(day: number): string {
  return new Date(day * DAY * 1000).toISOString().slice(0, 10)
}

/** First second of a day number, Unix seconds. */
export function dayStart(day: number): number {
  return day * DAY - SHANGHAI
}
