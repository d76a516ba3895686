/** Two distinct tones and vibration: bad is longer and lower. */

import type { VerdictTone } from '@onetrip/ui'

interface Tone {
  readonly hertz: number
  readonly seconds: number
  readonly vibration: readonly number[]
}

const GOOD: Tone = { hertz: 1175, seconds: 0.09, vibration: [60] }
const MIDDLE: Tone = { hertz: 660, seconds: 0.2, vibration: [60, 80, 60] }
const BAD: Tone = { hertz: 220, seconds: 0.45, vibration: [200, 80, 200] }

const TONES: Readonly<Record<VerdictTone, Tone>> = {
  valid: GOOD,
  caution: MIDDLE,
  unverifiable: MIDDLE,
  lapsed: BAD,
  forged: BAD,
}

let context: AudioContext | undefined

/** Which signs a clerk wants. */
export interface FeedbackChoice {
  readonly sound: boolean
  readonly vibration: boolean
}

/** Gives a verdict's sign, as far as it is wanted and the device can. */
export function signalVerdict(look: VerdictTone, { sound, vibration }: FeedbackChoice): void {
  const tone = TONES[look]
  if (vibration) navigator.vibrate?.([...tone.vibration])
  if (sound) play(tone)
}

/** Browsers give sound only after a touch or a key; a camera's scan is neither. Once, at the start. */
export function readySound(): void {
  for (const sign of ['pointerup', 'keydown']) {
    addEventListener(sign, () => void openSound(), { capture: true, once: true })
  }
}

/** iPads take the sound away when another app comes before this one. */
function openSound(): AudioContext | undefined {
  try {
    context ??= new AudioContext()
    if (context.state !== 'running') context.resume().catch(() => undefined)
    return context
  } catch {
    return undefined
  }
}

/** Silent where the browser has no sound or waits for a first touch. */
function play(tone: Tone): void {
  const context = openSound()
  if (context === undefined) return
  try {
    const oscillator = context.createOscillator()
    const gain = context.createGain()
    const end = context.currentTime + tone.seconds
    oscillator.frequency.value = tone.hertz
    gain.gain.setValueAtTime(0.15, context.currentTime)
    gain.gain.exponentialRampToValueAtTime(0.001, end)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start()
    oscillator.stop(end)
  } catch {
    return
  }
}
