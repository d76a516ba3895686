/** My licences: the most used on top, each one tap from being shown. */
import { Button, DocumentLink, EmptyScreen, lazyScreen } from '@onetrip/ui'
import type { VNode } from 'preact'
import { LicenceList } from '../parts/licence-list.tsx'
import { TrustAge } from '../parts/trust-age.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf } from '../routes.ts'
import { goTo, licences, missing, phase, unreadable } from '../wallet-state.ts'
import { w } from '../words.ts'

const HomeNotice = lazyScreen(async () => (await import('../parts/home-notice.tsx')).HomeNotice)
const HomeTrouble = lazyScreen(async () => (await import('../parts/home-trouble.tsx')).HomeTrouble)
const Reminders = lazyScreen(async () => (await import('../parts/reminders.tsx')).Reminders)

/** The first screen. */
export function HomeScreen(): VNode {
  return (
    <WalletShell title={w('home.title')} places="home">
      <div class="page" data-testid="home">
        {phase.value === 'starting' ? <h1>{w('home.title')}</h1> : <HomeContent />}
      </div>
    </WalletShell>
  )
}

function HomeContent(): VNode {
  const isReady = phase.value === 'ready'
  if (licences.value.length > 0 && isReady) {
    return <Cards />
  }
  if (!isReady || missing.value > 0 || unreadable.value > 0) {
    return <HomeTrouble />
  }
  return (
    <>
      <EmptyScreen
        title={w('home.empty.title')}
        sign="shield"
        testId="home-empty"
        action={
          <>
            <Button onPress={() => goTo({ screen: 'restore' })} testId="restore-open">
              {w('home.restore')}
            </Button>
            <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
              {w('home.empty.action')}
            </Button>
          </>
        }
      >
        {w('home.empty.text')}
      </EmptyScreen>
      <HomeNotice />
      <DocumentLink href={hrefOf({ screen: 'document' })} />
      <a class="link-alone" href={hrefOf({ screen: 'cases' })} data-testid="cases-link">
        {w('home.cases')}
      </a>
    </>
  )
}

function Cards(): VNode {
  return (
    <>
      <h1>{w('home.title')}</h1>
      <HomeNotice />
      <Reminders />
      <LicenceList />
      <DocumentLink href={hrefOf({ screen: 'document' })} />
      <a class="link-alone" href={hrefOf({ screen: 'cases' })} data-testid="cases-link">
        {w('home.cases')}
      </a>
      <TrustAge />
    </>
  )
}
