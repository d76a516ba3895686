/** The first screen when no licence can be shown though there were some, each with its next step. */
import { applyUpdate, Button, EmptyScreen, updateReady } from '@onetrip/ui'
import type { VNode } from 'preact'
import { goTo, missing, phase, unreadable } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wr } from '../words-recover.ts'
import { EraseWallet } from './erase-wallet.tsx'
import { PutAway } from './recover-notice.tsx'

/** What is the matter, and the way back. */
export function HomeTrouble(): VNode | null {
  switch (phase.value) {
    case 'ready':
      return <Lost />
    case 'closed':
    case 'no-storage':
      return <Said kind={phase.value} />
    case 'newer':
    case 'damaged':
      return <Reload kind={phase.value} />
    default:
      return null
  }
}

function Lost(): VNode {
  const isUnreadable = unreadable.value > 0
  const kind = isUnreadable ? 'unreadable' : 'lost'
  const count = isUnreadable ? unreadable.value : missing.value
  return (
    <EmptyScreen
      title={wr(`${kind}.title`)}
      sign="exclamation"
      testId={`home-${kind}`}
      action={
        <>
          <PutAway isUnreadable={isUnreadable} />
          <Button onPress={() => goTo({ screen: 'restore' })} testId="restore-open">
            {w('home.restore')}
          </Button>
          <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
            {wr('recover.receive')}
          </Button>
        </>
      }
    >
      {wr(`${kind}.text`, { count })}
    </EmptyScreen>
  )
}

function Said({ kind }: { readonly kind: 'closed' | 'no-storage' }): VNode {
  return (
    <EmptyScreen title={wr(`${kind}.title`)} sign="exclamation" testId={`home-${kind}`}>
      {wr(`${kind}.text`)}
    </EmptyScreen>
  )
}

function Reload({ kind }: { readonly kind: 'newer' | 'damaged' }): VNode {
  return (
    <EmptyScreen
      title={wr(`${kind}.title`)}
      sign="exclamation"
      testId={`home-${kind}`}
      action={
        <>
          {kind === 'damaged' ? <EraseWallet /> : null}
          <Button kind="primary" onPress={loadAgain} testId="load-again">
            {wr(`${kind}.action`)}
          </Button>
        </>
      }
    >
      {wr(`${kind}.text`)}
    </EmptyScreen>
  )
}

function loadAgain(): void {
  if (updateReady.value) {
    applyUpdate()
    return
  }
  location.reload()
}
