/** Keeps the screen on, where the browser can (Screen Wake Lock). */

/** Holds the screen on while the page is seen; the result lets go. */
export function holdWakeLock(): () => void {
  let lock: WakeLockSentinel | undefined
  let ended = false
  async function hold(): Promise<void> {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    try {
      lock = await navigator.wakeLock.request('screen')
    } catch {
      // A low battery refuses it: the screen then dims as it always does.
      return
    }
    if (ended) void lock.release()
  }
  const again = () => void hold()
  document.addEventListener('visibilitychange', again)
  again()
  return () => {
    ended = true
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  }
}
