/** Reports of licences in the name of the agency: open ones first, each with the verdict and its evidence. */

import { ERROR_CODES } from '@onetrip/codec'
import { Data, Row, reasonFor } from '@onetrip/ui'
import type { VNode } from 'preact'
import { AnswerButton } from '../answer-button.tsx'
import { DataTable } from '../data-table.tsx'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { REPORTS, type Report } from '../oversight-data.ts'
import type { Me } from '../session.ts'
import { tf } from '../words-feedback.ts'

/** The reports. */
export function Reports({ me }: { readonly me: Me }): VNode {
  const reports = useLoaded('/api/reports', REPORTS)
  return (
    <section class="stack" data-testid="reports">
      <h2>{tf('reports.waiting')}</h2>
      <Part of={reports}>
        {(value) => {
          const waiting = value.reports.filter(({ state }) => state === 'open')
          const answered = value.reports.filter(({ state }) => state !== 'open')
          return (
            <>
              {waiting.length === 0 ? <p class="hint">{tf('reports.waiting-none')}</p> : null}
              {waiting.map((report) => (
                <Task key={report.id} me={me} report={report} onDone={reports.reload} />
              ))}
              <h2>{tf('reports.all')}</h2>
              {answered.length === 0 ? (
                <p class="hint">{tf('reports.none')}</p>
              ) : (
                <Answered reports={answered} />
              )}
            </>
          )
        }}
      </Part>
    </section>
  )
}

function Task(props: {
  readonly me: Me
  readonly report: Report
  readonly onDone: () => void
}): VNode {
  const { me, report, onDone } = props
  return (
    <article class="panel two-columns" data-testid="report-task">
      <dl class="rows">
        <Row term={tf('verdict')}>
          <strong>{verdictWords(report.code)}</strong> <code class="hint">{report.code}</code>
        </Row>
        <Row term={tf('words')}>
          {report.words === null ? tf('words.none') : <Data>{report.words}</Data>}
        </Row>
        <Row term={tf('place')}>
          {tf(`place.${report.place}`)} · <Moment at={report.at} />
        </Row>
        <Row term={tf('evidence')}>
          <Evidence report={report} me={me} />
        </Row>
        <Row term={tf('id')}>
          <bdi class="digest">{report.id}</bdi>
        </Row>
      </dl>
      <div class="stack no-print">
        {me.rights.includes('change-status') ? (
          <AnswerButton of="report" id={report.id} onDone={onDone} />
        ) : (
          <p class="hint">{tf('no-right')}</p>
        )}
      </div>
    </article>
  )
}

/** The words that the counter showed; a code that this page does not know goes by its name. */
function verdictWords(code: string): string {
  const known = ERROR_CODES.find((one) => one === code)
  return known === undefined ? code : reasonFor(known)
}

const EVIDENCE = ['type', 'digest', 'judgedAt', 'trustVersion'] as const

function Evidence({ report, me }: { readonly report: Report; readonly me: Me }): VNode {
  return (
    <dl class="facts">
      {EVIDENCE.map((name) => {
        const value = report.evidence[name]
        if (value === undefined) return null
        return (
          <div key={name} class="fact">
            <dt>{tf(`evidence.${name}`)}</dt>
            <dd>
              {name === 'judgedAt' ? (
                <Moment at={Number(value)} />
              ) : (
                <Data>{named(value, me)}</Data>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** A type by its name, anything else as it is. */
function named(value: string | number, { types }: Me): string | number {
  return types.find(({ code }) => code === value)?.name['zh-CN'] ?? value
}

function Answered({ reports }: { readonly reports: readonly Report[] }): VNode {
  return (
    <DataTable
      caption={tf('reports.all')}
      columns={[
        { key: 'verdict', name: tf('verdict'), cell: ({ code }) => verdictWords(code) },
        {
          key: 'words',
          name: tf('words'),
          cell: ({ words }) => (words === null ? tf('words.none') : <Data>{words}</Data>),
        },
        { key: 'answer', name: tf('answer'), cell: ({ answer }) => <Data>{answer ?? '—'}</Data> },
        { key: 'when', name: tf('when'), cell: ({ at }) => <Moment at={at} /> },
      ]}
      rows={reports}
      keyOf={({ id }) => id}
      testId="reports-table"
    />
  )
}
