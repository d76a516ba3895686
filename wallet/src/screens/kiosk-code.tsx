/** What the holder agreed to at a kiosk goes there by this code, held before its camera; nobody else is to see it. */
import { AppShell, Button, EmptyScreen, holdWakeLock, Notice, QrView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { handedCode } from '../cases/shown-code.ts'
import { shownCodeText } from '../cases/shown-code-text.ts'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { goTo } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wc } from '../words-cases.ts'

/** The screen, white to the edge. */
export function KioskCodeScreen(): VNode {
  const [code] = useState(handedCode.value)
  useEffect(holdWakeLock, [])
  // Once it is left nobody comes back to it.
  useEffect(
    () => () => {
      handedCode.value = undefined
    },
    [],
  )
  if (code === undefined) return <NoCode />
  return (
    <AppShell name={w('app.name')} title={wc('hand.title')} bare busy>
      <div class="show" data-testid="kiosk-code-screen">
        <header class="show-head">
          <div class="show-what">
            <h1>{wc('hand.title')}</h1>
            <p>{wc('hand.text')}</p>
          </div>
        </header>
        <div class="show-code">
          <div class="show-qr" data-testid="kiosk-code" data-text={shownCodeText(code)}>
            <QrView text={shownCodeText(code)} errorCorrection="M" label={wc('hand.code')} />
          </div>
        </div>
        <div class="show-words">
          <Notice tone="caution">{wc('hand.warning')}</Notice>
          <div class="actions">
            <Done />
          </div>
        </div>
      </div>
    </AppShell>
  )
}

function NoCode(): VNode {
  return (
    <WalletShell title={wc('hand.title')}>
      <div class="page" data-testid="kiosk-code-screen">
        <EmptyScreen title={wc('hand.title')} action={<Done />}>
          {wc('hand.none')}
        </EmptyScreen>
      </div>
    </WalletShell>
  )
}

function Done(): VNode {
  return (
    <Button kind="primary" onPress={() => goTo({ screen: 'home' })} testId="kiosk-code-done">
      {wc('hand.done')}
    </Button>
  )
}
