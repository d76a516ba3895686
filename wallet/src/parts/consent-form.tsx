/** The consent to a counter's request: agreeing makes the code of the answer. */
import type { OfficeRequest } from '@onetrip/credential'
import { Button } from '@onetrip/ui'
import type { RequestVerdict, StatedRequest } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { askedRequest } from '../asked/asked-state.ts'
import { candidates } from '../asked/candidates.ts'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { fittingFor } from '../asked/fitting.ts'
import { giveAnswer } from '../asked/give-answer.ts'
import { goTo, licences, trust, verdicts } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { AskedConsent } from './asked-consent.tsx'

/** Properties of {@link ConsentForm}. */
export interface ConsentFormProps {
  readonly verdict: RequestVerdict
  readonly stated: StatedRequest
  readonly request: OfficeRequest
  /** Text of the request's code. */
  readonly text: string
  readonly onGiven: (entry: ConsentEntry) => void
}

/** Asks for consent; nothing is signed before it. */
export function ConsentForm({ verdict, stated, request, text, onGiven }: ConsentFormProps): VNode {
  const wants = useMemo(
    () => fittingFor(request.wants, candidates()),
    // The states of the licences may be found out while a person reads.
    [request, licences.value, trust.value, verdicts.value],
  )
  return (
    <AskedConsent
      {...{ verdict, stated, wants }}
      expiresAt={request.expiresAt}
      onAgree={async (chosen) => onGiven(await giveAnswer({ request, stated, text, chosen }))}
      onDecline={() => leave('home')}
      words={{
        agree: (count) => wa('consent.agree', { count }),
        what: wa('consent.what'),
        failed: wa('consent.failed'),
        over: wa('request.over'),
      }}
      again={
        <Button kind="primary" onPress={() => leave('add')}>
          {wa('request.again')}
        </Button>
      }
      screen="[data-testid=request-screen]"
    />
  )
}

function leave(screen: 'home' | 'add'): void {
  askedRequest.value = undefined
  goTo({ screen })
}
