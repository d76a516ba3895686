/** Checking a file that somebody sealed: where it is given, then its verdict. */
import { Button, ReadAloudButton } from '@onetrip/ui'
import { DocumentIntake, DocumentView, td } from '@onetrip/ui/documents'
import { ReportButton, reportOf } from '@onetrip/ui/reports'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { documentSession } from '../document-state.ts'
import { BackLink } from '../parts/back-link.tsx'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { reports } from '../reports.ts'
import { now, trust } from '../wallet-state.ts'
import { w } from '../words.ts'

/** The screen of sealed files; what was checked is forgotten when it is left. */
export function DocumentScreen(): VNode {
  const state = documentSession.state.value
  useEffect(() => documentSession.clear, [])
  return (
    <WalletShell title={td('title')} places="elsewhere" busy={state.phase === 'reading'}>
      <div class="page" data-testid="document-screen">
        <BackLink to={{ screen: 'home' }}>{w('home.title')}</BackLink>
        <Content />
      </div>
    </WalletShell>
  )
}

function Content(): VNode {
  const state = documentSession.state.value
  if (trust.value === undefined) return <NoTrustData />
  if (state.phase !== 'done') return <DocumentIntake session={documentSession} />
  return (
    <DocumentView
      key={state.shown.id}
      shown={state.shown}
      now={now()}
      actions={
        <>
          <Button kind="primary" onPress={documentSession.clear} testId="next-document">
            {td('next')}
          </Button>
          <ReadAloudButton part="[data-testid=verdict]" />
          <ReportButton outbox={reports} report={reportOf({ ...state.shown, place: 'wallet' })} />
        </>
      }
    />
  )
}
