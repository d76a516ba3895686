/** The picture of a seal in its place on a licence. It proves nothing and is hidden from readers. */

import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { t } from './messages.ts'

/** Properties of {@link Seal}. */
export interface SealProps {
  /** The name that runs around the ring, left to right. */
  readonly name: string
  /** Demonstration seals say 样例. */
  readonly sample: boolean
}

const STAR =
  'M50 36 53.200 45.600 63.300 45.700 55.200 51.700 58.200 61.300 50 55.500 41.800 61.300 44.800 51.700 36.700 45.700 46.800 45.600Z'

/** A round seal, 45 mm across in life, drawn in units of 1/100 of its width. */
export function Seal({ name, sample }: SealProps): VNode {
  const arc = useId()
  const letters = Array.from(name).length
  return (
    <svg class="seal" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <circle class="seal-ring" cx="50" cy="50" r="47" />
      <path id={arc} class="seal-arc" d="M17.500 62.500A35 35 0 1 1 82.500 62.500" />
      <text class="seal-text" font-size={letters > 14 ? 8 : 10}>
        <textPath
          href={`#${arc}`}
          startOffset="50%"
          text-anchor="middle"
          textLength={Math.min(138, letters * 13)}
          lengthAdjust="spacing"
        >
          {name}
        </textPath>
      </text>
      <path class="seal-star" d={STAR} />
      <text class="seal-text" x="50" y="80" font-size="9" text-anchor="middle">
        {sample ? t('card.sample') : ''}
      </text>
    </svg>
  )
}
