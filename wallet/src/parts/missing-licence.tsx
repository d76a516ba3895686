/** The place of a licence that is not here (any more). */
import { Button, EmptyScreen } from '@onetrip/ui'
import type { VNode } from 'preact'
import { goTo, phase } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'
import { WalletShell } from './wallet-shell.tsx'

/** Says that the licence is not here; says nothing while the storage is being opened. */
export function MissingLicence(): VNode {
  return (
    <WalletShell title={wl('details.missing.title')} places="elsewhere">
      {phase.value === 'starting' ? null : (
        <EmptyScreen
          title={wl('details.missing.title')}
          sign="question"
          action={
            <Button kind="primary" onPress={() => goTo({ screen: 'home' })}>
              {wl('back.home')}
            </Button>
          }
        >
          {wl('details.missing.text')}
        </EmptyScreen>
      )}
    </WalletShell>
  )
}
