/** Signing in before one's own cases: back to the same page afterwards. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { leaveToSignIn, signInRefusal, signingIn } from '../agency/agency-session.ts'
import type { Route } from '../routes.ts'
import { wc } from '../words-cases.ts'
import { explainCase } from './explain-case.ts'

/** Properties of {@link CaseSignIn}. */
export interface CaseSignInProps {
  /** Where to come back to. */
  readonly place: Route
  /** Why it is needed here. */
  readonly why: string
}

/** The button, and why the last sign-in came to nothing. */
export function CaseSignIn({ place, why }: CaseSignInProps): VNode {
  const refusal = signInRefusal.value
  const busy = signingIn.value
  return (
    <section class="stack">
      {refusal === undefined ? null : (
        <Notice
          tone="bad"
          live="alert"
          title={wc(refusal === 'sign-in/not-recent' ? 'sign-in.again' : 'refused')}
          testId="sign-in-refused"
        >
          {explainCase(refusal)}
        </Notice>
      )}
      <p>{why}</p>
      <p role="status">{busy ? wc('signing-in') : ''}</p>
      <div class="actions">
        <Button kind="primary" busy={busy} onPress={() => leaveToSignIn(place)} testId="sign-in">
          {wc('sign-in')}
        </Button>
      </div>
    </section>
  )
}
