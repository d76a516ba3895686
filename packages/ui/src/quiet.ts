/** Time without a sign of a person. */

const ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchstart'] as const

/** Calls `act` once after `seconds` without any sign of a person; the result stops waiting. */
export function afterQuiet(seconds: number, act: () => void): () => void {
  let timer = setTimeout(act, seconds * 1000)
  const restart = () => {
    clearTimeout(timer)
    timer = setTimeout(act, seconds * 1000)
  }
  for (const name of ACTIVITY) window.addEventListener(name, restart, { passive: true })
  return () => {
    clearTimeout(timer)
    for (const name of ACTIVITY) window.removeEventListener(name, restart)
  }
}
