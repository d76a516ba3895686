/** How old the data are that the states of licences rest on, and the way to newer ones. */
import { trustFreshness } from '@onetrip/trust'
import { formatAge } from '@onetrip/ui'
import type { VNode } from 'preact'
import { now, trustStore } from '../wallet-state.ts'
import { w } from '../words.ts'
import { NoTrustData, RefreshTrust } from './no-trust-data.tsx'

/** One line on the age of the trust data: when they were signed counts, not the last fetch. */
export function TrustAge(): VNode {
  const state = trustStore.state.value
  if (state.phase !== 'ready') {
    return (
      <div class="trust-age">
        <NoTrustData />
      </div>
    )
  }
  const { signedAt } = state.trust
  const age = formatAge(now() - signedAt)
  return (
    <div class="trust-age" data-testid="trust-age">
      <span>
        {w(trustFreshness(state.trust, now()) === 'fresh' ? 'trust.fresh' : 'trust.stale', { age })}
      </span>
      <RefreshTrust />
    </div>
  )
}
