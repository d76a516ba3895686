/** The code of a delegation that was put on record, for its delegate to scan. */
import { AppShell, Button, Data, holdWakeLock, localised, QrView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { scannedDelegate } from '../delegates/delegates-state.ts'
import type { DelegationRecord } from '../delegates/delegation-record.ts'
import { goTo } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wd } from '../words-delegates.ts'

/** Properties of {@link DelegationCode}. */
export interface DelegationCodeProps {
  readonly record: DelegationRecord
}

/** Shows it white to the edge. */
export function DelegationCode({ record }: DelegationCodeProps): VNode {
  const { name, matter, text } = record
  useEffect(holdWakeLock, [])
  useEffect(() => scrollTo(0, 0), [])
  const done = (): void => {
    scannedDelegate.value = undefined
    goTo({ screen: 'home' })
  }
  return (
    <AppShell name={w('app.name')} title={wd('delegate.made')} bare busy>
      <div class="show" data-testid="delegation-screen">
        <header class="show-head">
          <div class="show-what">
            <h1>{wd('delegate.made')}</h1>
            <p>
              <Data>{name}</Data> ·{' '}
              {matter.name === undefined ? matter.code : localised(matter.name)}
            </p>
          </div>
        </header>
        <div class="show-code">
          <div class="show-qr" data-testid="qr" data-text={text}>
            <QrView text={text} errorCorrection="L" label={wd('delegate.qr')} testId="qr-drawing" />
          </div>
        </div>
        <div class="show-words">
          <p class="hint">{wd('delegate.made.hint')}</p>
          <div class="actions">
            <Button kind="primary" onPress={done} testId="delegation-done">
              {wd('delegate.made.done')}
            </Button>
          </div>
        </div>
      </div>
    </AppShell>
  )
}
