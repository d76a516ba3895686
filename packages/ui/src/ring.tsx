/** The countdown of a live code: a ring that empties, with the seconds in figures. */

import type { VNode } from 'preact'
import { t } from './messages.ts'

/** Properties of {@link Ring}. */
export interface RingProps {
  /** Whole seconds left. */
  readonly seconds: number
  /** Seconds of a full ring. */
  readonly total: number
}

const RADIUS = 20
const LENGTH = 2 * Math.PI * RADIUS

/** A countdown ring; a timer is not read out each second (WAI-ARIA 1.2 `timer`). */
export function Ring({ seconds, total }: RingProps): VNode {
  const left = Math.max(0, Math.min(1, seconds / total))
  return (
    <div class="ring" role="timer" aria-label={t('ring.left', { seconds })} data-testid="ring">
      <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle class="ring-track" cx="24" cy="24" r={RADIUS} />
        <circle
          class="ring-left"
          cx="24"
          cy="24"
          r={RADIUS}
          stroke-dasharray={`${(left * LENGTH).toFixed(2)} ${LENGTH.toFixed(2)}`}
          transform="rotate(-90 24 24)"
        />
      </svg>
      <span class="ring-figure" aria-hidden="true">
        {seconds}
      </span>
    </div>
  )
}
