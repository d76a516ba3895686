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

/**
 * Opens the sound with each touch or key that finds it closed: browsers give it only then, which a camera's scan is not, and
 * iPads take it away when another app comes before this one. Once, at the start.
 */
export function readySound(): void {
  for (const sign of ['pointerup', 'keydown']) addEventListener(sign, openSound, { capture: true })
}

function openSound(): void {
  try {
    context ??= new AudioContext()
    if (context.state !== 'running') context.resume().catch(() => undefined)
  } catch {
    // No sound on this device.
    return
  }
}

/** Silent while the sound is closed: else its tones would wait, and all be heard at the first touch. */
function play(tone: Tone): void {
  if (context?.state !== 'running') return
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
