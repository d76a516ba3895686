/** NumericDate as OneTrip takes it (RFC 7519 §2, RFC 8392 §2): whole seconds only. */
import { fault } from './errors.ts'

const LAST_SECOND_OF_9999 = 253_402_300_799

/**
 * Unix seconds from a decoded claim: an integer from 0 to 253,402,300,799 (end of the year 9999).
 * Throws `time/format` for everything else: absent, text, float, `null`, NaN, negative, milliseconds
 * of a far year. Milliseconds of our own days (13 digits) are above the range too.
 */
export function parseNumericDate(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw fault('time/format')
  if (value < 0 || value > LAST_SECOND_OF_9999) throw fault('time/format')
  return value + 0
}
