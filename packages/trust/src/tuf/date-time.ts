/** Dates in TUF metadata: `YYYY-MM-DDTHH:MM:SSZ`, always UTC (TUF §4.2). */
import { fault } from '@onetrip/codec'

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/
const LAST_SECOND_OF_9999 = 253_402_300_799

/** Unix seconds of a date-time; `undefined` for any other text, days that no calendar has included. */
export function parseDateTime(text: unknown): number | undefined {
  const match = typeof text === 'string' ? DATE_TIME.exec(text) : null
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number)
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  // Date.UTC carries 31 April over to May and reads years below 100 as 19xx; only what reads back counts.
  return dateTimeText(seconds) === text ? seconds : undefined
}

/** The date-time of Unix seconds from 1970 to 9999. Throws `time/format` outside. */
export function formatDateTime(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > LAST_SECOND_OF_9999) {
    throw fault('time/format')
  }
  return dateTimeText(seconds)
}

function dateTimeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
