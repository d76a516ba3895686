/** The wait after wrong tries as it runs down on the screen. */
import { announce } from '@onetrip/ui'
import { useEffect, useState } from 'preact/hooks'
import { waitSeconds } from './lock-acts.ts'
import { waitWords, wk } from './words-lock.ts'

const SECOND_MS = 1000

/** Seconds left, and the way to start a wait; it knows of one from before this page was loaded. */
export function useWait(): {
  readonly secondsLeft: number
  readonly start: (seconds: number) => void
} {
  const [untilTick, setUntilTick] = useState(0)
  const [secondsLeft, setSecondsLeft] = useState(0)
  const start = (seconds: number): void => {
    setUntilTick(performance.now() + seconds * SECOND_MS)
    setSecondsLeft(seconds)
    if (seconds > 0) {
      announce(wk('lock.wait', { time: waitWords(seconds) }))
    }
  }
  useEffect(() => {
    void waitSeconds().then((seconds) => {
      if (seconds > 0) {
        start(seconds)
      }
    })
  }, [])
  useEffect(() => {
    if (untilTick === 0) {
      return
    }
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((untilTick - performance.now()) / SECOND_MS))
      setSecondsLeft(left)
      if (left === 0) {
        clearInterval(timer)
        announce(wk('lock.wait.over'))
      }
    }, SECOND_MS / 4)
    return () => clearInterval(timer)
  }, [untilTick])
  return { secondsLeft, start }
}
