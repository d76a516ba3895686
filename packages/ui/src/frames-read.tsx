/** How far the reading of an animated code is; screen readers are told four times, not at each frame. */

import type { FrameProgress } from '@onetrip/codec'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { announce } from './live-region.ts'
import { t } from './messages.ts'

const TOLD_TIMES = 4

/** A bar, and how many frames of how many. */
export function FramesRead({ have, need }: Pick<FrameProgress, 'have' | 'need'>): VNode {
  const told = Math.ceil((Math.floor((have * TOLD_TIMES) / need) * need) / TOLD_TIMES)
  useEffect(() => {
    if (told > 0) announce(t('frames.read', { have: told, need }))
  }, [told, need])
  return (
    <div class="frames-read" data-testid="frames-read" data-have={have} data-need={need}>
      <progress aria-label={t('frames.reading')} value={have} max={need} />
      <span aria-hidden="true">{t('frames.read', { have, need })}</span>
    </div>
  )
}
