/** The licence is issued, offered to a wallet as a code, and printed where somebody asks for paper. */

import { Button, Data, QrView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { ActButton } from '../act-button.tsx'
import type { CaseFile, CasePart } from '../case-file.ts'
import type { Schema } from '../request.ts'
import { act, type Me } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { tp } from '../words-cases.ts'

interface HandingProps {
  readonly me: Me
  readonly file: CaseFile
  readonly part: CasePart
  readonly onDone: () => void
}

interface Offered {
  readonly offer: { readonly uri: string }
  readonly txCode: string
}

const OFFERED: Schema<Offered> = v.object({
  offer: v.object({ uri: v.string() }),
  txCode: v.string(),
})
const PAPER: Schema<{ readonly text: string }> = v.object({ text: v.string() })

/** Issues, once: the version says what was seen, and the same step of the same version acts once. */
export function IssueStep({ file, part, onDone }: HandingProps): VNode {
  const path = `/api/cases/${file.id}/parts/${part.code}/issue`
  return (
    <ActButton
      kind="primary"
      title={tp('ask.title', { action: tp('action.issue') })}
      body={<p>{tp('issue.text')}</p>}
      go={tp('action.issue')}
      act={() =>
        act(path, {
          answer: OFFERED,
          body: { version: part.version },
          idempotencyKey: `issue-${file.id}-${part.code}-${part.version}`,
        })
      }
      onDone={onDone}
      reload={onDone}
      testId="step-issue"
    >
      {tp('action.issue')}
    </ActButton>
  )
}

/** What stands at the counter's screen for the person's phone, and the paper for whoever has none. */
export function HandOut({ file, part }: HandingProps): VNode {
  const [offered, setOffered] = useState<Offered>()
  const [paper, setPaper] = useState<string>()
  const offering = useAct()
  const printing = useAct()
  const path = `/api/cases/${file.id}/parts/${part.code}`
  const offer = (): void => {
    setPaper(undefined)
    offering.run(async () => {
      const answer = await act(`${path}/offer`, { answer: OFFERED, body: {} })
      if (answer.kind === 'done') setOffered(answer.value)
      return answer
    }, nothing)
  }
  const print = (): void => {
    setOffered(undefined)
    printing.run(async () => {
      const answer = await act(`${path}/paper`, { answer: PAPER, body: {} })
      if (answer.kind === 'done') setPaper(answer.value.text)
      return answer
    }, nothing)
  }
  return (
    <>
      <Button kind="primary" busy={offering.isBusy} onPress={offer} testId="offer">
        {tp('offer')}
      </Button>
      <Button busy={printing.isBusy} onPress={print} testId="paper">
        {tp('paper')}
      </Button>
      <Refusal of={offering} />
      <Refusal of={printing} />
      {offered === undefined ? null : (
        <div class="handed" data-testid="offer-code" data-uri={offered.offer.uri}>
          <p class="hint">{tp('offer.text')}</p>
          <QrView text={offered.offer.uri} errorCorrection="M" label={tp('offer.label')} />
          <p>
            {tp('offer.code')}{' '}
            <strong class="tx-code" data-testid="tx-code">
              <Data>{offered.txCode}</Data>
            </strong>
          </p>
        </div>
      )}
      {paper === undefined ? null : (
        <div class="handed" data-testid="paper-code">
          <p class="hint no-print">{tp('paper.text')}</p>
          <QrView text={paper} errorCorrection="M" label={tp('paper.label')} />
          <Button onPress={() => window.print()}>{tp('print')}</Button>
        </div>
      )}
    </>
  )
}

function nothing(): void {
  // What came of it is shown already.
}
