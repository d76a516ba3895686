/** A sealed file: where it is given, then its verdict, until the clerk goes on. */

import { Button, localised, ReadAloudButton, type TrustState } from '@onetrip/ui'
import { DocumentIntake, DocumentView, type ShownDocument, td } from '@onetrip/ui/documents'
import { ReportButton, reportOf } from '@onetrip/ui/reports'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { tick } from '../clock.ts'
import { nextScan } from '../counter-state.ts'
import { documentSession } from '../document-state.ts'
import { takeContent } from '../intake-state.ts'
import { tc } from '../messages.ts'
import { placeAddress } from '../places.ts'
import { reports } from '../reports.ts'

/** Properties of {@link DocumentScreen}. */
export interface DocumentScreenProps {
  readonly state: Extract<TrustState, { readonly phase: 'ready' }>
}

/** The screen of sealed files. */
export function DocumentScreen({ state }: DocumentScreenProps): VNode {
  const session = documentSession.state.value
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  if (session.phase === 'done') return <Verdict shown={session.shown} state={state} />
  return (
    <div class="stack column" data-testid="document-screen">
      <DocumentIntake session={documentSession} />
    </div>
  )
}

/** Nothing of the file is left for whoever comes next. */
function leave(): void {
  documentSession.clear()
  nextScan()
}

interface VerdictProps extends DocumentScreenProps {
  readonly shown: ShownDocument
}

function Verdict({ shown, state }: VerdictProps): VNode {
  const { document: checked, id, at } = shown
  return (
    <DocumentView
      shown={shown}
      now={Math.max(at, tick.value)}
      officeName={(office) => {
        const found = state.trust.office(office)
        return found === undefined ? undefined : localised(found.name)
      }}
      actions={
        <div class="verdict-go">
          <Button kind="primary" onPress={documentSession.clear} testId="next-document">
            {td('next')}
          </Button>
          <Button onPress={leave} testId="next-scan">
            {tc('document.leave')}
          </Button>
          {checked.kind === 'pdf' ? (
            <Button onPress={() => lookForCodes(checked.file)} testId="document-codes">
              {tc('document.codes')}
            </Button>
          ) : null}
          <a class="button" href={placeAddress('note', id)} data-testid="verdict-note">
            {tc('verdict.note')}
          </a>
          <ReadAloudButton part="[data-testid=verdict]" />
          <ReportButton outbox={reports} report={reportOf({ ...shown, place: 'counter' })} />
        </div>
      }
    />
  )
}

/** A sealed PDF may hold a licence's code too. */
function lookForCodes(file: File): void {
  leave()
  void takeContent(file)
}
