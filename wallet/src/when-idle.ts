/** Work that may wait for the first picture. */

const SAFARI_WAIT_MS = 200
const MAX_WAIT_MS = 2000

/** Runs work when the page has nothing better to do, after two seconds at the latest. */
export function whenIdle(work: () => void): void {
  // Safari has no idle callback.
  if (globalThis.requestIdleCallback === undefined) setTimeout(work, SAFARI_WAIT_MS)
  else requestIdleCallback(work, { timeout: MAX_WAIT_MS })
}
