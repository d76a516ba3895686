/** The place of a licence that is not here (any more). */
import { AppShell, Button, EmptyScreen } from '@onetrip/ui'
import type { VNode } from 'preact'
import { goTo, phase } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wl } from '../words-licence.ts'
import { Places } from './places.tsx'

/** Says that the licence is not here; says nothing while the storage is being opened. */
export function MissingLicence(): VNode {
  return (
    <AppShell name={w('app.name')} title={wl('details.missing.title')} places={<Places />}>
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
    </AppShell>
  )
}
