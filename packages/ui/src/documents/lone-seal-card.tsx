/** A seal by itself: whose it is and whether it is in use. It proves nothing about any file, and says so. */

import type { SealVerdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { Data } from '../data-text.tsx'
import { toneOf } from '../verdict-words.ts'
import { td } from './document-words.ts'
import { OwnerRow, SealRows, SealStatus, type SealStatusProps } from './seal-rows.tsx'

/** Properties of {@link LoneSealCard}. */
export interface LoneSealCardProps extends Pick<SealStatusProps, 'at' | 'now'> {
  readonly verdict: SealVerdict
}

/** Shows what the seal states once its maker's signature holds; before that, nothing of it. */
export function LoneSealCard({ verdict, at, now }: LoneSealCardProps): VNode {
  const { seal } = verdict
  return (
    <article
      class={`impression impression-${toneOf(verdict)}`}
      aria-labelledby="seal-title"
      data-testid="lone-seal"
    >
      <div class="impression-seal">
        <h2 id="seal-title" class="impression-name">
          {seal === undefined ? td('seal.unconfirmed') : <Data>{seal.name}</Data>}
        </h2>
      </div>
      {seal === undefined ? null : (
        <dl class="rows">
          <OwnerRow term={td('owner.label')} owner={seal.owner} />
          <SealRows seal={seal} />
          <SealStatus {...verdict} at={at} now={now} />
        </dl>
      )}
      <p class="hint">{td('lone.proves')}</p>
    </article>
  )
}
