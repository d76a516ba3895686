/**
 * The clock of a part of a case (电子监察): it begins when the case is accepted, stands still while the part is returned for correction or
 * waits for a visit that the law does not count (行政许可法 art. 45), turns yellow before its limit and red after it.
 */
import { addWorkingDays, dayAt, isAnnounced, workingDaysBetween } from './working-days.ts'

/** What is stored of a clock. */
export interface StoredClock {
  /** When the case was accepted, Unix seconds. */
  readonly beganAt: number
  /** Working days that the office promises. */
  readonly promisedDays: number
  /** How many working days before the limit it turns yellow. */
  readonly warnDays: number
  /** Working days for which it stood still. */
  readonly stoppedDays: number
  /** Since when it stands still, Unix seconds. */
  readonly stoppedSince?: number | undefined
  /** When it came to its end, Unix seconds. */
  readonly endedAt?: number | undefined
}

/** How a clock stands. */
export interface TimeLimit {
  readonly light: 'green' | 'yellow' | 'red' | 'stopped'
  /** Last day, `YYYY-MM-DD`. */
  readonly dueDay: string
  /** Working days left; negative when it is over. */
  readonly leftDays: number
  /** False where the holidays of the due day's year are not announced, and it may end later. */
  readonly isCertain: boolean
}

/** Last day of a clock that runs. */
export function dueDayOf({
  beganAt,
  promisedDays,
  stoppedDays,
}: Pick<StoredClock, 'beganAt' | 'promisedDays' | 'stoppedDays'>): string {
  return addWorkingDays(dayAt(beganAt), promisedDays + stoppedDays)
}

/** For how many working days a clock stood still from one time to another. */
export function stoppedBetween(since: number, until: number): number {
  return workingDaysBetween(dayAt(since), dayAt(until))
}

/** How a clock stands at a time (Unix seconds). */
export function timeLimitAt(clock: StoredClock, now: number): TimeLimit {
  const { stoppedSince, endedAt } = clock
  const at = endedAt ?? now
  const running =
    stoppedSince === undefined
      ? clock
      : { ...clock, stoppedDays: clock.stoppedDays + stoppedBetween(stoppedSince, at) }
  const dueDay = dueDayOf(running)
  const leftDays = workingDaysBetween(dayAt(at), dueDay)
  return {
    light: lightOf(clock, dayAt(at), dueDay, leftDays),
    dueDay,
    leftDays,
    isCertain: isAnnounced(dueDay),
  }
}

function lightOf(
  clock: StoredClock,
  day: string,
  dueDay: string,
  leftDays: number,
): TimeLimit['light'] {
  // Days of this form are in the order of their texts. A weekend behind the last day is over it too.
  if (day > dueDay) return 'red'
  if (clock.endedAt !== undefined) return 'green'
  if (clock.stoppedSince !== undefined) return 'stopped'
  return leftDays <= clock.warnDays ? 'yellow' : 'green'
}
