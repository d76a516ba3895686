/** The applicant at the window is asked once for every licence that serves as a material, and what their wallet showed is taken in. */

import { Button, QrView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { CHANGED } from '../case-data.ts'
import type { Schema } from '../request.ts'
import { act } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { ti } from '../words-intake.ts'
import type { CaseProps } from './case.tsx'

const OPENED: Schema<{ readonly uri: string }> = v.object({ uri: v.string() })

/** The code for the applicant's wallet; nothing where no open material is one that a licence serves as. */
export function AskLicences({ file, onDone }: CaseProps): VNode | null {
  const [uri, setUri] = useState<string>()
  const asking = useAct()
  const taking = useAct(() => void onDone())
  const path = `/api/cases/${file.id}/verification`
  const isWanted = file.materials.some(
    ({ way, sources }) => sources.includes('licence') && (way === null || way === 'deferred'),
  )
  if (!isWanted) return null
  const ask = (): void =>
    asking.run(
      async () => {
        const answer = await act(path, { answer: OPENED, body: {} })
        if (answer.kind === 'done') setUri(answer.value.uri)
        return answer
      },
      () => undefined,
    )
  const take = (): void =>
    taking.run(
      () => act(`${path}/result`, { answer: CHANGED, body: { version: file.version } }),
      () => {
        setUri(undefined)
        onDone()
      },
    )
  return (
    <div class="stack no-print">
      <div class="actions">
        <Button busy={asking.isBusy} onPress={ask} testId="ask-licences">
          {ti('ask')}
        </Button>
        {uri === undefined ? null : (
          <Button kind="primary" busy={taking.isBusy} onPress={take} testId="take-licences">
            {ti('ask.take')}
          </Button>
        )}
      </div>
      <Refusal of={asking} />
      <Refusal of={taking} />
      {uri === undefined ? null : (
        <div class="handed" data-testid="ask-code" data-uri={uri}>
          <p>{ti('ask.text')}</p>
          <QrView text={uri} errorCorrection="M" label={ti('ask.label')} />
          <p>{ti('ask.waiting')}</p>
        </div>
      )}
    </div>
  )
}
