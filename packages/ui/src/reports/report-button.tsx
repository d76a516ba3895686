/** Reporting in one step: a button, and in its place what became of it, under which number, and what was sent. */

import type { VNode } from 'preact'
import { Button } from '../button.tsx'
import { reasonFor } from '../code-words.ts'
import { Data } from '../data-text.tsx'
import { formatMoment } from '../formatters.ts'
import { localised } from '../language.ts'
import { Row } from '../licence-card.tsx'
import { Notice, type NoticeTone } from '../notice.tsx'
import type { WordedReport } from './licence-report.ts'
import type { ReportOutbox, ReportState } from './report-outbox.ts'
import { tp } from './report-words.ts'

/** Properties of {@link ReportButton}. */
export interface ReportButtonProps {
  readonly outbox: ReportOutbox
  /** Nothing is shown without one. */
  readonly report: WordedReport | undefined
}

const TONES: Readonly<Record<ReportState, NoticeTone>> = {
  sending: 'plain',
  sent: 'good',
  waiting: 'caution',
  refused: 'bad',
}

/** The button, or how the report stands. */
export function ReportButton({ outbox, report: worded }: ReportButtonProps): VNode | null {
  if (worded === undefined) return null
  const { report } = worded
  const state = outbox.states.value.get(report.id)
  if (state === undefined) {
    return (
      <Button label={tp('report.label')} onPress={() => void outbox.file(report)} testId="report">
        {tp('report')}
      </Button>
    )
  }
  return (
    <div class="report-told" data-testid="report-told" data-state={state}>
      <Notice tone={TONES[state]} title={tp(state)} live="status">
        {state === 'sending' ? null : <p>{tp(`${state}.text`)}</p>}
        {state === 'refused' ? null : <ReportNumber id={report.id} />}
        <Sent {...worded} />
      </Notice>
    </div>
  )
}

function ReportNumber({ id }: { readonly id: string }): VNode {
  return (
    <p>
      {tp('number')} <strong data-testid="report-number">{id}</strong>
    </p>
  )
}

function Sent({ report, agencyName, typeName }: WordedReport): VNode {
  return (
    <details class="report-sent">
      <summary>{tp('what')}</summary>
      <dl class="rows">
        <Row term={tp('code')}>{reasonFor(report.code)}</Row>
        {agencyName === undefined ? null : (
          <Row term={tp('agency')}>
            <Data>{localised(agencyName)}</Data>
          </Row>
        )}
        {typeName === undefined ? null : (
          <Row term={tp('type')}>
            <Data>{localised(typeName)}</Data>
          </Row>
        )}
        <Row term={tp('time')}>{formatMoment(report.judgedAt, 0)}</Row>
        {report.digest === undefined ? null : (
          <Row term={tp('digest')}>
            <Data>{report.digest}</Data>
          </Row>
        )}
      </dl>
      <p>{tp('nothing')}</p>
    </details>
  )
}
