/** The few signs of the interface, drawn in the current text colour; decorative beside words. */

import type { VNode } from 'preact'

/** A sign; shape carries the meaning as well as colour does. */
export type Sign =
  | 'tick'
  | 'exclamation'
  | 'cross'
  | 'octagon'
  | 'question'
  | 'info'
  | 'camera'
  | 'person'
  | 'back'
  | 'shield'
  | 'seal'

const DISC = 'M24 3a21 21 0 1 0 0 42 21 21 0 0 0 0-42Z'
const PATHS: Readonly<Record<Sign, { readonly shape: string; readonly mark: string }>> = {
  tick: { shape: DISC, mark: 'M14 25l7 7 13-15' },
  exclamation: { shape: 'M24 4 46 43H2Z', mark: 'M24 17v13M24 36v1' },
  cross: { shape: DISC, mark: 'M16 16l16 16M32 16 16 32' },
  octagon: { shape: 'M15 3h18l12 12v18L33 45H15L3 33V15Z', mark: 'M16 16l16 16M32 16 16 32' },
  question: { shape: DISC, mark: 'M18 19a6 6 0 1 1 9 5c-2 1.300-3 2.500-3 5M24 35v1' },
  info: { shape: DISC, mark: 'M24 22v12M24 14v1' },
  camera: {
    shape: 'M6 14h9l4-5h10l4 5h9v26H6Z',
    mark: 'M24 20a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z',
  },
  person: {
    shape: '',
    mark: 'M24 6a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM6 43c2-10 9-14 18-14s16 4 18 14',
  },
  back: { shape: '', mark: 'M29 10 15 24l14 14' },
  // A stamp: handle, base, and the line that it leaves.
  seal: {
    shape: '',
    mark: 'M20 24c2-5-3-7-3-12a7 7 0 0 1 14 0c0 5-5 7-3 12M9 34v-6q0-4 4-4h22q4 0 4 4v6ZM9 42h30',
  },
  shield: { shape: '', mark: 'M24 4 7 10v13c0 10 7 17 17 21 10-4 17-11 17-21V10ZM16 24l6 6 10-12' },
}

/** Properties of {@link SignIcon}. */
export interface SignIconProps {
  readonly sign: Sign
}

/** Draws a sign at the size of the text around it. */
export function SignIcon({ sign }: SignIconProps): VNode {
  const { shape, mark } = PATHS[sign]
  return (
    <svg class={`sign sign-${sign}`} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      {shape === '' ? null : <path class="sign-shape" d={shape} />}
      <path class="sign-mark" d={mark} />
    </svg>
  )
}
