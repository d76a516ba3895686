/** What is said where a licence cannot be read: its type is not known yet, or its record is damaged. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { goTo, trustStore } from '../wallet-state.ts'
import { w } from '../words.ts'

/** A notice with the one next step; nothing while the stored data are being opened. */
export function NoTrustData(): VNode | null {
  const state = trustStore.state.value
  if (state.phase === 'loading') {
    return null
  }
  if (state.phase === 'ready') {
    return (
      <Notice
        tone="caution"
        title={w('damaged.title')}
        testId="licence-damaged"
        action={
          <Button kind="quiet" onPress={() => goTo({ screen: 'add' })}>
            {w('home.empty.action')}
          </Button>
        }
      >
        {w('damaged.text')}
      </Notice>
    )
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
