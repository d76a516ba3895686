/** Dates in TUF metadata: `YYYY-MM-DDTHH:MM:SSZ`, always UTC (TUF §4.2). */
import { fault } from '@onetrip/codec'

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:[0-5]\d:[0-5]\dZ$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const LAST_SECOND_OF_9999 = 253_402_300_799

/** Unix seconds of a date-time; `undefined` for any other text, days that no calendar has included. */
export function parseDateTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || !DATE_TIME.test(text)) return undefined
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  const hour = Number(text.slice(11, 13))
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const lastDay = month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
  // Date.UTC reads years below 100 as 19xx and carries what is too large over; nothing before 1970 is a date of ours.
  if (year < 1970 || day < 1 || day > lastDay || hour > 23) return undefined
  return (
    Date.UTC(year, month - 1, day, hour, Number(text.slice(14, 16)), Number(text.slice(17, 19))) /
    1000
  )
}

/** The date-time of Unix seconds from 1970 to 9999. Throws `time/format` outside. */
export function formatDateTime(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > LAST_SECOND_OF_9999) {
    throw fault('time/format')
  }
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
