/**
 * Working days (工作日): weekends and the holidays that the State Council announces for each year are none, weekend days that it moves
 * work to (调休) are. Limits of a licence are counted in them (行政许可法 art. 82). A day is `YYYY-MM-DD` in Asia/Shanghai, which
 * has kept UTC+8 without summer time since 1992.
 */
import * as v from 'valibot'
import year2025 from './calendars/2025.json' with { type: 'json' }
import year2026 from './calendars/2026.json' with { type: 'json' }

const DAY_SECONDS = 86_400
const SHANGHAI_SECONDS = 28_800
const DAYS_OF_WEEK = 7
/** 1970-01-01 was a Thursday: 0 is Sunday. */
const EPOCH_WEEKDAY = 4
/** More than any limit, with every stop of a clock; a bound for the loops. */
const MAX_SPAN_DAYS = 3660

const DAY = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))
const YEAR = v.strictObject({
  year: v.number(),
  source: v.string(),
  holidays: v.array(v.strictTuple([DAY, DAY])),
  workingWeekendDays: v.array(DAY),
})

/** Which days of the years it knows are no working days, and which are. */
export interface WorkCalendar {
  readonly years: ReadonlySet<number>
  /** Numbers of days since 1970-01-01. */
  readonly holidays: ReadonlySet<number>
  readonly workingWeekendDays: ReadonlySet<number>
}

/** The calendar of the years that were announced. */
export const ANNOUNCED_CALENDAR: WorkCalendar = readCalendar([year2025, year2026])

/** Reads the data of years; a `TypeError` for data of another shape. */
export function readCalendar(years: readonly unknown[]): WorkCalendar {
  const read = years.map((year) => v.parse(YEAR, year))
  const holidays = read.flatMap(({ holidays: spans }) =>
    spans.flatMap(([first, last]) => span(dayNumber(first), dayNumber(last))),
  )
  const moved = read.flatMap(({ workingWeekendDays }) => workingWeekendDays.map(dayNumber))
  return {
    years: new Set(read.map(({ year }) => year)),
    holidays: new Set(holidays),
    workingWeekendDays: new Set(moved),
  }
}

/** The day in Asia/Shanghai at a time (Unix seconds). */
export function dayAt(seconds: number): string {
  return dayOfNumber(Math.floor((seconds + SHANGHAI_SECONDS) / DAY_SECONDS))
}

/** Whether the offices work on a day. In a year that is not announced only weekends are free. */
export function isWorkingDay(day: string, calendar: WorkCalendar = ANNOUNCED_CALENDAR): boolean {
  const number = dayNumber(day)
  if (calendar.workingWeekendDays.has(number)) return true
  if (calendar.holidays.has(number)) return false
  const weekday = (number + EPOCH_WEEKDAY) % DAYS_OF_WEEK
  return weekday !== 0 && weekday !== DAYS_OF_WEEK - 1
}

/** The last day of a limit of `count` working days that began on `day`: the day it begins on does not count. */
export function addWorkingDays(
  day: string,
  count: number,
  calendar: WorkCalendar = ANNOUNCED_CALENDAR,
): string {
  let number = dayNumber(day)
  let left = count
  for (let steps = 0; left > 0 && steps < MAX_SPAN_DAYS; steps += 1) {
    number += 1
    if (isWorkingDay(dayOfNumber(number), calendar)) left -= 1
  }
  return dayOfNumber(number)
}

/** How many working days lie after `from`, up to and with `to`; negative where `to` lies before. */
export function workingDaysBetween(
  from: string,
  to: string,
  calendar: WorkCalendar = ANNOUNCED_CALENDAR,
): number {
  const [first, last] = [dayNumber(from), dayNumber(to)]
  if (last < first) return 0 - workingDaysBetween(to, from, calendar)
  const days = span(first + 1, Math.min(last, first + MAX_SPAN_DAYS))
  return days.filter((number) => isWorkingDay(dayOfNumber(number), calendar)).length
}

/** Whether the holidays of the day's year are announced: else a limit that ends there may end later. */
export function isAnnounced(day: string, calendar: WorkCalendar = ANNOUNCED_CALENDAR): boolean {
  return calendar.years.has(Number(day.slice(0, 4)))
}

function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / (DAY_SECONDS * 1000))
}

function dayOfNumber(number: number): string {
  return new Date(number * DAY_SECONDS * 1000).toISOString().slice(0, 10)
}

function span(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}
