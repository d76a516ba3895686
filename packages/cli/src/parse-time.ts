/** A time on the command line. */
import { UsageError } from './usage.ts'

const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const UNIX_TIME = /^\d{1,12}$/

/** Unix seconds of a UTC time or of Unix seconds; throws `UsageError` naming the option. */
export function parseTime(text: string, option = 'at'): number {
  if (UNIX_TIME.test(text)) return Number(text)
  const time = UTC_TIME.test(text) ? Date.parse(text) : Number.NaN
  // Date.parse takes 30 February for 2 March, and 24:00 for the next day.
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 19))
  if (!isReal) throw new UsageError(`--${option} wants a time like 2026-03-01T09:10:00Z`)
  return Math.floor(time / 1000)
}
