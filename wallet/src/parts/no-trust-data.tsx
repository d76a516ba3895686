/** What is said where the type of a licence is not known yet: the first use needs the network once. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { trustStore } from '../wallet-state.ts'
import { w } from '../words.ts'

/** A notice with the one next step; nothing while the stored data are being opened. */
export function NoTrustData(): VNode | null {
  const state = trustStore.state.value
  if (state.phase === 'loading') {
    return null
  }
  return (
    <Notice tone="caution" title={w('trust.none.title')} action={<RefreshTrust />}>
      {w('trust.none.text')}
    </Notice>
  )
}

/** The button that fetches newer trust data. */
export function RefreshTrust(): VNode {
  const state = trustStore.state.value
  const busy = state.phase === 'loading' || state.refreshing
  return (
    <Button
      kind="quiet"
      busy={busy}
      onPress={() => void trustStore.refresh()}
      testId="refresh-trust"
    >
      {w(busy ? 'trust.refreshing' : 'trust.refresh')}
    </Button>
  )
}
