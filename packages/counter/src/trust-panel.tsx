/** How old the trust data are, and the one press that renews them. */

import { Button, formatAge, type TrustState, type TrustTrouble } from '@onetrip/ui'
import type { VNode } from 'preact'
import { tick } from './clock.ts'
import { trustStore } from './counter-state.ts'
import { tc } from './messages.ts'

/** Properties of {@link TrustPanel}. */
export interface TrustPanelProps {
  readonly state: Extract<TrustState, { readonly phase: 'ready' }>
}

/** The trust data's age and the refresh button. */
export function TrustPanel({ state }: TrustPanelProps): VNode {
  const now = Math.max(tick.value, state.fetchedAt)
  const fetched = tc('trust.fetched', {
    age: formatAge(now - state.fetchedAt),
    version: state.trust.version,
  })
  return (
    <section class="panel trust-panel" aria-labelledby="trust-title">
      <div class="trust-words">
        <h2 id="trust-title" class="panel-title">
          {tc('trust.title')}
        </h2>
        <p data-testid="trust-age">{fetched}</p>
        <p class="hint">{tc('trust.signed', { age: formatAge(now - state.trust.signedAt) })}</p>
        {state.trust.clockAhead ? (
          <p role="note" data-testid="trust-clock-ahead">
            {tc('trust.clock-ahead')}
          </p>
        ) : null}
        <p class="hint" role="status">
          {state.trouble === undefined ? '' : troubleText(state.trouble)}
        </p>
      </div>
      <Button
        onPress={() => void trustStore.refresh()}
        busy={state.refreshing}
        testId="trust-refresh"
      >
        {tc(state.refreshing ? 'trust.refreshing' : 'trust.refresh')}
      </Button>
    </section>
  )
}

/** Why a refresh brought nothing, in words. */
export function troubleText(trouble: TrustTrouble): string {
  return trouble === 'network' ? tc('trust.offline') : tc('trust.refused', { code: trouble })
}
