/** When an agency works: hours of weekdays in Asia/Shanghai, and the days that a calendar makes free or working (调休). */
import { utf8Decode } from '@onetrip/codec'
import { UsageError } from '../usage.ts'

/** China has one time, and no summer time since 1991. */
const SHANGHAI_SECONDS = 8 * 3600
const DAY_SECONDS = 86_400
const HOURS = /^([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])$/
const LINE = /^(\d{4}-\d\d-\d\d) (off|on)$/

/** Hours and exceptions. */
export interface WorkingHours {
  /** Seconds since midnight. */
  readonly from: number
  readonly to: number
  /** Days such as `2026-10-01`, and whether they are worked. */
  readonly days: ReadonlyMap<string, boolean>
}

/** Reads `08:30-17:30`. Throws `UsageError`. */
export function parseHours(text: string): Pick<WorkingHours, 'from' | 'to'> {
  const [, ...digits] = HOURS.exec(text) ?? []
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = digits.map(Number)
  const from = fromHour * 3600 + fromMinute * 60
  const to = toHour * 3600 + toMinute * 60
  if (from >= to) throw new UsageError('--hours wants hours like 08:30-17:30')
  return { from, to }
}

/** Reads a calendar: lines `2026-10-01 off` and `2026-10-10 on`; empty ones and those that begin with # say nothing. Throws `UsageError`. */
export function parseCalendar(bytes: Uint8Array): WorkingHours['days'] {
  const days = new Map<string, boolean>()
  for (const line of utf8Decode(bytes).split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue
    const [, day = '', word] = LINE.exec(line) ?? []
    if (day === '') throw new UsageError('--calendar wants lines like 2026-10-01 off')
    days.set(day, word === 'on')
  }
  return days
}

/** Whether somebody works at a time (epoch seconds). */
export function isWorkingTime(at: number, { from, to, days }: WorkingHours): boolean {
  const local = at + SHANGHAI_SECONDS
  const date = new Date(local * 1000)
  const isWeekday = date.getUTCDay() % 6 !== 0
  const isWorked = days.get(date.toISOString().slice(0, 10)) ?? isWeekday
  const second = local % DAY_SECONDS
  return isWorked && second >= from && second < to
}
