/** The time, and a slow tick for ages on the screen. */

import { type ReadonlySignal, signal } from '@preact/signals'

const TICK_MS = 15_000

/** Unix seconds by this device's clock. */
export function unixNow(): number {
  return Math.floor(Date.now() / 1000)
}

const current = signal(unixNow())

/** Unix seconds, renewed every 15 s. */
export const tick: ReadonlySignal<number> = current

/** Sets the tick going; once, at the start. */
export function startClock(): void {
  setInterval(() => {
    current.value = unixNow()
  }, TICK_MS)
}

/** Renews the tick at once. */
export function renewTick(): void {
  current.value = unixNow()
}
