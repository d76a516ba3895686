/** Letting somebody answer (代办): whom, with which licence, for which matter, which claims, until when; then the code for them. */
import { Button, EmptyScreen, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { candidates } from '../asked/candidates.ts'
import { scannedDelegate } from '../delegates/delegates-state.ts'
import type { DelegationRecord } from '../delegates/delegation-record.ts'
import { lendable } from '../delegates/lendable.ts'
import { DelegateForm } from '../parts/delegate-form.tsx'
import { DelegationCode } from '../parts/delegation-code.tsx'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { goTo, trust } from '../wallet-state.ts'
import { wd } from '../words-delegates.ts'

/** The screen where a licence is let to a delegate. */
export function DelegateScreen(): VNode {
  const [made, setMade] = useState<DelegationRecord | undefined>(undefined)
  if (made !== undefined) return <DelegationCode record={made} />
  return (
    <WalletShell title={wd('delegate.title')} places="elsewhere">
      <div class="page" data-testid="delegate-screen">
        <Body onMade={setMade} />
      </div>
    </WalletShell>
  )
}

function Body({ onMade }: { readonly onMade: (record: DelegationRecord) => void }): VNode {
  const code = scannedDelegate.value
  const known = trust.value
  if (code === undefined) {
    const scan = (
      <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
        {wd('delegate.scan')}
      </Button>
    )
    return (
      <EmptyScreen title={wd('delegate.title')} action={scan}>
        {wd('delegate.none')}
      </EmptyScreen>
    )
  }
  if (known === undefined) return <NoTrustData />
  const found = lendable(candidates(), known)
  return (
    <>
      <h1>{wd('delegate.title')}</h1>
      <p>{wd('delegate.intro')}</p>
      {found.length === 0 ? (
        <Notice tone="caution" testId="nothing-to-lend">
          {wd('delegate.no-licence')}
        </Notice>
      ) : (
        <DelegateForm code={code} lendable={found} onMade={onMade} />
      )}
    </>
  )
}
