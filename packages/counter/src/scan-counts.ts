/** How many scans there were, by day and by outcome. */

import type { Outcome } from '@onetrip/verifier'
import { dayOf } from './calendar.ts'
import type { ScanRecord } from './scan-record.ts'

/** The scans of one day. */
export interface DayCount {
  /** Days since 1970-01-01, Asia/Shanghai. */
  readonly day: number
  readonly total: number
  readonly outcomes: Readonly<Record<Outcome, number>>
}

const NONE: Readonly<Record<Outcome, number>> = {
  valid: 0,
  caution: 0,
  invalid: 0,
  unverifiable: 0,
}

/** Counts per day, newest day first; days without a scan are left out. */
export function countByDay(records: readonly ScanRecord[]): readonly DayCount[] {
  const days = new Map<number, Record<Outcome, number>>()
  for (const { at, outcome } of records) {
    const day = dayOf(at)
    const counts = days.get(day) ?? { ...NONE }
    counts[outcome] += 1
    days.set(day, counts)
  }
  return [...days]
    .map(([day, outcomes]) => ({ day, outcomes, total: sum(outcomes) }))
    .sort((one, other) => other.day - one.day)
}

/** The count of the day of `now` (Unix seconds). */
export function countToday(records: readonly ScanRecord[], now: number): DayCount {
  const today = dayOf(now)
  const found = countByDay(records.filter(({ at }) => dayOf(at) === today))
  return found[0] ?? { day: today, total: 0, outcomes: NONE }
}

function sum(outcomes: Readonly<Record<Outcome, number>>): number {
  return Object.values(outcomes).reduce((total, count) => total + count, 0)
}
