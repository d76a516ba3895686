/** Answering for somebody: the one consent of a delegate, who shows their own name with it. */
import type { OfficeRequest } from '@onetrip/credential'
import { Button, Data, localised, Notice, Row, withNodes } from '@onetrip/ui'
import type { RequestVerdict, StatedRequest } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { giveDelegatedAnswer } from '../delegates/answer-as-delegate.ts'
import type { DelegatedFit } from '../delegates/delegated-fits.ts'
import { codeOf, explain } from '../error-words.ts'
import { licenceContent } from '../licence-content.ts'
import { trust } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { wd } from '../words-delegates.ts'
import { WhoAsks } from './who-asks.tsx'

/** Properties of {@link DelegateConsent}. */
export interface DelegateConsentProps {
  readonly verdict: RequestVerdict
  readonly stated: StatedRequest
  readonly request: OfficeRequest
  /** Text of the request's code. */
  readonly text: string
  readonly fit: DelegatedFit
  readonly onGiven: (entry: ConsentEntry) => void
  readonly onBack: () => void
}

/** Asks for consent; nothing is signed before it. */
export function DelegateConsent(props: DelegateConsentProps): VNode {
  const { verdict, stated, request, text, fit, onGiven, onBack } = props
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const { own, parts } = fit
  const type = licenceContent(own, trust.value)?.type
  const agree = async (): Promise<void> => {
    if (type === undefined) return
    setBusy(true)
    try {
      onGiven(await giveDelegatedAnswer({ request, stated, text, fit, type }))
    } catch (error) {
      setTrouble(explain(codeOf(error)))
      setBusy(false)
    }
  }
  return (
    <div class="stack" data-testid="delegate-consent">
      <WhoAsks stated={stated} verdict={verdict} />
      <dl class="rows">
        <Row term={wd('act.you')}>
          <Data>
            {wd('act.you.text', {
              type: localised(own.summary.typeName),
              name: own.summary.holder,
            })}
          </Data>
        </Row>
        {parts.map(({ material, record }) => (
          <Row
            key={material}
            term={withNodes(wd('act.theirs'), {
              name: record.holder === undefined ? wd('unnamed') : <Data>{record.holder}</Data>,
            })}
          >
            {localised(record.typeName)}
            <span class="hint line">
              {[...record.claims.map(localised), wa('want.always')].join(wa('want.join'))}
            </span>
          </Row>
        ))}
      </dl>
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={wa('consent.failed')} testId="consent-trouble">
          {trouble}
        </Notice>
      )}
      <div class="consent-foot actions">
        <Button onPress={onBack} testId="act-back">
          {wd('act.back')}
        </Button>
        <Button
          kind="primary"
          busy={busy}
          disabled={type === undefined}
          onPress={() => void agree()}
          testId="act-agree"
        >
          {busy ? wa('consent.working') : wd('act.agree')}
        </Button>
      </div>
    </div>
  )
}
