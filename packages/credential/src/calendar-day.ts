/**
 * Calendar days as China counts them: Asia/Shanghai, UTC+8 all year (no summer time since 1991), so a
 * fixed offset is exact for every day a licence can name from then on.
 */
import { fault } from '@onetrip/codec'

const DAY_SECONDS = 86_400
const OFFSET_SECONDS = 8 * 3600
const FIRST_DAY = -354_285 // 1000-01-01
const LAST_DAY = 2_932_896 // 9999-12-31
/** Days of 400 years, after which the calendar begins anew. */
const DAYS_OF_ERA = 146_097
/** From 1 March of the year 0. */
const DAYS_BEFORE_1970 = 719_468
const TWO_DIGITS: readonly string[] = Array.from({ length: 32 }, (_, number) =>
  String(number).padStart(2, '0'),
)

/**
 * Days since 1970-01-01 of an ISO calendar day `YYYY-MM-DD`. Anything else, and a day that is not in
 * the calendar (2023-02-29), is `time/format`.
 */
export function dayToNumber(day: string): number {
  if (!hasDayShape(day)) throw fault('time/format')
  const year = 100 * twoDigits(day, 0) + twoDigits(day, 2)
  const month = twoDigits(day, 5)
  const dayOfMonth = twoDigits(day, 8)
  if (year < 1000 || month < 1 || month > 12) throw fault('time/format')
  if (dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) throw fault('time/format')
  return daysFromCivil(year, month, dayOfMonth)
}

/** ISO calendar day of a number of days since 1970-01-01; out of range is `time/format`. */
export function numberToDay(days: number): string {
  if (!Number.isSafeInteger(days) || days < FIRST_DAY || days > LAST_DAY) throw fault('time/format')
  return civilFromDays(days)
}

/** Unix seconds at which the day begins in Asia/Shanghai. */
export function dayStart(day: string): number {
  return dayToNumber(day) * DAY_SECONDS - OFFSET_SECONDS
}

/** Unix seconds at which the day is over in Asia/Shanghai: the first second that is not in it. */
export function dayEnd(day: string): number {
  return dayStart(day) + DAY_SECONDS
}

/** The calendar day in Asia/Shanghai at `now` (Unix seconds). */
export function today(now: number): string {
  return numberToDay(Math.floor((now + OFFSET_SECONDS) / DAY_SECONDS))
}

function hasDayShape(text: string): boolean {
  if (text.length !== 10) return false
  for (let i = 0; i < 10; i++) {
    const unit = text.charCodeAt(i)
    const right = i === 4 || i === 7 ? unit === 0x2d : unit >= 0x30 && unit <= 0x39
    if (!right) return false
  }
  return true
}

/** The number that two digits make, without a text of their own. */
function twoDigits(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - 0x30) + text.charCodeAt(at + 1) - 0x30
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The civil calendar counted from 1 March, so that the leap day is the year's last. */
function daysFromCivil(year: number, month: number, dayOfMonth: number): number {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * DAYS_OF_ERA + yearOfEra * 365 + leapDays + dayOfYear - DAYS_BEFORE_1970
}

/** The way back, as text: a tenth of what a Date takes. */
function civilFromDays(days: number): string {
  const shifted = days + DAYS_BEFORE_1970
  const era = Math.floor(shifted / DAYS_OF_ERA)
  const dayOfEra = shifted - era * DAYS_OF_ERA
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear =
    dayOfEra - yearOfEra * 365 - Math.floor(yearOfEra / 4) + Math.floor(yearOfEra / 100)
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month > 2 ? 0 : 1)
  return `${year}-${TWO_DIGITS[month]}-${TWO_DIGITS[dayOfMonth]}`
}
