/**
 * How often a passcode may be tried. A try is counted and its wait stored before it is checked, so that
 * ending the program in the middle gains nothing; the count falls only when the right passcode came.
 * Nothing is ever erased for wrong tries.
 */

/** Seconds to wait after so many wrong tries; the last one holds for all further tries. */
const WAITS_SECONDS = [0, 0, 0, 15, 60, 300, 900, 3600] as const

/** What is stored about tries. Times are Unix seconds by the device's clock. */
export interface Tries {
  /** Tries counted and not followed by the right passcode. */
  readonly count: number
  /** Never falls. */
  readonly lastAt: number
  /** No try before this; never falls. */
  readonly notBefore: number
  /** Start of the wait by a clock that stands before `lastAt`. */
  readonly restartedAt?: number
}

/** No try yet. */
export const NO_TRIES: Tries = { count: 0, lastAt: 0, notBefore: 0 }

/** A count that cannot be read any more: the next wrong try brings a wait. */
export const LOST_TRIES: Tries = { count: 3, lastAt: 0, notBefore: 0 }

/** The tries with one more, to be stored before the passcode is checked. */
export function countedTry(tries: Tries, now: number): Tries {
  const count = tries.count + 1
  return {
    count,
    lastAt: Math.max(tries.lastAt, now),
    notBefore: Math.max(tries.notBefore, now + waitAfter(count)),
    ...(now < tries.lastAt ? { restartedAt: now } : {}),
  }
}

/**
 * The tries as this moment sees them; store what changed. Under a clock that was set back the whole
 * wait begins again and runs by that clock; set right again, the first wait still stands. So going
 * back gains nothing, and a clock that once stood in the future locks nobody out for years.
 */
export function seenAt(tries: Tries, now: number): Tries {
  const { lastAt, restartedAt } = tries
  const isNew = now < lastAt && (restartedAt === undefined || now < restartedAt)
  return isNew ? { ...tries, restartedAt: now } : tries
}

/** Seconds until the next try is taken; 0 when it is taken at once. */
export function secondsToWait(tries: Tries, now: number): number {
  const { count, lastAt, notBefore, restartedAt = now } = seenAt(tries, now)
  const end = now < lastAt ? restartedAt + waitAfter(count) : notBefore
  return Math.max(0, end - now)
}

/** How many tries are left before there is a wait; 0 once there is one after each. */
export function triesBeforeWait(tries: Tries): number {
  const first = WAITS_SECONDS.findIndex((seconds) => seconds > 0)
  return Math.max(0, first - tries.count)
}

function waitAfter(count: number): number {
  return WAITS_SECONDS[Math.min(count, WAITS_SECONDS.length - 1)] ?? 0
}
