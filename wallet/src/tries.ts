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
  readonly lastAt: number
  /** No try before this. */
  readonly notBefore: number
}

/** No try yet. */
export const NO_TRIES: Tries = { count: 0, lastAt: 0, notBefore: 0 }

/** The tries with one more, to be stored before the passcode is checked. */
export function countedTry(tries: Tries, now: number): Tries {
  const count = tries.count + 1
  return { count, lastAt: now, notBefore: now + waitAfter(count) }
}

/**
 * The tries as this moment sees them. A clock that was set back starts the whole wait again: it never
 * shortens it, and a clock that once stood in the future does not lock the holder out for years.
 */
export function seenAt(tries: Tries, now: number): Tries {
  return now < tries.lastAt
    ? { ...tries, lastAt: now, notBefore: now + waitAfter(tries.count) }
    : tries
}

/** Seconds until the next try is taken; 0 when it is taken at once. */
export function secondsToWait(tries: Tries, now: number): number {
  return Math.max(0, seenAt(tries, now).notBefore - now)
}

/** How many tries are left before there is a wait; 0 once there is one after each. */
export function triesBeforeWait(tries: Tries): number {
  const first = WAITS_SECONDS.findIndex((seconds) => seconds > 0)
  return Math.max(0, first - tries.count)
}

function waitAfter(count: number): number {
  return WAITS_SECONDS[Math.min(count, WAITS_SECONDS.length - 1)] ?? 0
}
