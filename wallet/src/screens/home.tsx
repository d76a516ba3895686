/** My licences: the most used on top, each one tap from being shown. */
import { AppShell, Button, EmptyScreen, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { lazyScreen } from '../lazy-screen.tsx'
import { LicenceList } from '../parts/licence-list.tsx'
import { LockOfferNotice } from '../parts/lock-offer-notice.tsx'
import { Places } from '../parts/places.tsx'
import { TrustAge } from '../parts/trust-age.tsx'
import { goTo, licences, lost, phase, settings } from '../wallet-state.ts'
import { w } from '../words.ts'

const Reminders = lazyScreen(async () => (await import('../parts/reminders.tsx')).Reminders)

/** The first screen. */
export function HomeScreen(): VNode {
  return (
    <AppShell
      name={w('app.name')}
      title={w('home.title')}
      places={<Places here="home" />}
      demonstration={settings.environment !== 'production'}
    >
      <div class="page" data-testid="home">
        {phase.value === 'starting' ? null : <HomeContent />}
      </div>
    </AppShell>
  )
}

function HomeContent(): VNode {
  if (phase.value !== 'ready') {
    const kind = phase.value === 'closed' ? 'closed' : 'storage'
    return (
      <EmptyScreen title={w(`home.${kind}.title`)} sign="exclamation" testId={`home-${kind}`}>
        {w(`home.${kind}.text`)}
      </EmptyScreen>
    )
  }
  if (licences.value.length === 0) {
    const kind = lost.value ? 'lost' : 'empty'
    return (
      <EmptyScreen
        title={w(`home.${kind}.title`)}
        sign={lost.value ? 'exclamation' : 'shield'}
        testId={`home-${kind}`}
        action={
          <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
            {w(`home.${kind}.action`)}
          </Button>
        }
      >
        {w(`home.${kind}.text`)}
      </EmptyScreen>
    )
  }
  return (
    <>
      <h1>{w('home.title')}</h1>
      {needsInstalling() ? <Notice>{w('home.install')}</Notice> : null}
      <LockOfferNotice />
      <Reminders />
      <LicenceList />
      <TrustAge />
    </>
  )
}

/** Safari clears the storage of sites that are not on the Home Screen. */
function needsInstalling(): boolean {
  const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent)
  return isApple && !matchMedia('(display-mode: standalone)').matches
}
