/**
 * Codes before a camera: each is told once, and again when it was out of sight for 2 s; the frames of an animated one are
 * collected until it is whole. Pure: the scanner feeds it texts and times.
 */

import { FrameCollector, type FrameProgress, messageKey } from '@onetrip/codec'
import type { CodeInput } from './code-intake.ts'

/** What a text before the camera is. */
export type Sighting =
  /** It was told, and is still there. */
  | { readonly state: 'known' }
  | { readonly state: 'code'; readonly text: string }
  /** A frame of an animated code that is not whole. */
  | ({ readonly state: 'more' } & FrameProgress)
  /** An animated code is whole. */
  | { readonly state: 'done'; readonly message: Uint8Array }

const REPEAT_MS = 2000

/** The codes of one camera, from its start to its end. */
export class CodesInSight {
  readonly #frames: FrameCollector = new FrameCollector()
  /** When each was last in sight, by its text or by the key of its message. */
  readonly #seen: Map<string, number>

  /** `known` are codes scanned lately: still in sight when the camera starts again, they are no scan. */
  constructor(known: readonly CodeInput[]) {
    this.#seen = new Map(known.map((code) => [keyOf(code), Number.POSITIVE_INFINITY]))
  }

  /** From here on a known code has 2 s to be seen, or it has left. `at` is in milliseconds, as for {@link see}. */
  start(at: number): void {
    for (const key of this.#seen.keys()) this.#seen.set(key, at)
  }

  /** Tells what a text is. Throws what `FrameCollector.add` throws. */
  see(text: string, at: number): Sighting {
    const answer = this.#frames.add(text)
    const key = answer.state === 'other' ? text : answer.key
    const before = this.#seen.get(key)
    const isKnown = before !== undefined && at - before < REPEAT_MS
    if (isKnown || answer.state !== 'more') this.#seen.set(key, at)
    if (isKnown) return { state: 'known' }
    return answer.state === 'other' ? { state: 'code', text } : answer
  }
}

function keyOf(code: CodeInput): string {
  return typeof code === 'string' ? code : messageKey(code)
}
