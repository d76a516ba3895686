/** The holder's licences at the agency: signing in, and what somebody does with a new phone or a lost one. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { agencySession, leaveToSignIn, signInRefusal, signingIn } from '../agency/agency-session.ts'
import { explain } from '../error-words.ts'
import { AgencyLicences } from '../parts/agency-licences.tsx'
import { BackLink } from '../parts/back-link.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { wg } from '../words-agency.ts'

/** The screen. */
export function AgencyScreen(): VNode {
  const session = agencySession.value
  return (
    <WalletShell title={wg('agency.title')} places="elsewhere">
      <div class="page" data-testid="agency-screen">
        <BackLink to={{ screen: 'settings' }}>{wg('agency.back')}</BackLink>
        <h1>{wg('agency.title')}</h1>
        {session === undefined ? (
          <SignedOut />
        ) : (
          <AgencyLicences key={session.bearer} session={session} />
        )}
      </div>
    </WalletShell>
  )
}

function SignedOut(): VNode {
  const refusal = signInRefusal.value
  const busy = signingIn.value
  return (
    <section class="stack">
      {refusal === undefined ? null : (
        <Notice tone="bad" live="alert" title={wg('agency.refused')} testId="sign-in-refused">
          {explain(refusal)}
        </Notice>
      )}
      <p>{wg('agency.intro')}</p>
      <p role="status">{busy ? wg('agency.signing-in') : ''}</p>
      <div class="actions">
        <Button kind="primary" onPress={() => leaveToSignIn()} busy={busy} testId="sign-in">
          {wg('agency.sign-in')}
        </Button>
      </div>
    </section>
  )
}
