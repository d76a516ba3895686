/** Keeps the screen on while a code is shown, where the browser can. */
import { useEffect } from 'preact/hooks'

/** Holds a wake lock while the component is mounted and the page is seen. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    let ended = false
    const hold = async (): Promise<void> => {
      if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) {
        return
      }
      try {
        lock = await navigator.wakeLock.request('screen')
      } catch {
        // A low battery refuses it: the screen then dims as it always does.
        return
      }
      if (ended) {
        void lock.release()
      }
    }
    const again = (): void => void hold()
    document.addEventListener('visibilitychange', again)
    void hold()
    return () => {
      ended = true
      document.removeEventListener('visibilitychange', again)
      void lock?.release()
    }
  }, [])
}
