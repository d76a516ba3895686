/** Whether a request's time has run out, while its screen is open. */
import { useEffect, useState } from 'preact/hooks'
import { now } from '../wallet-state.ts'

const TICK_MS = 500

/** Looks at the clock twice a second; `expiresAt` in Unix seconds. */
export function useIsOver(expiresAt: number): boolean {
  const [isOver, setOver] = useState(now() >= expiresAt)
  useEffect(() => {
    const timer = setInterval(() => setOver(now() >= expiresAt), TICK_MS)
    return () => clearInterval(timer)
  }, [expiresAt])
  return isOver
}
