/** One visit of several departments (一同勘验): set for a day, and what each found. */

import { CheckField, Data, formatDay, localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { todayHere } from '../calendar-days.ts'
import type { CaseVisit, PlannedVisit } from '../case-file.ts'
import { useDraft } from '../draft.ts'
import { act } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { StateWord } from '../state-word.tsx'
import { TextArea } from '../text-area.tsx'
import { tp } from '../words-cases.ts'
import type { CaseProps } from './case.tsx'

const MAX_FINDINGS = 1000

/** The visits of a case; nothing where none is due and none was. */
export function CaseVisits(props: CaseProps): VNode | null {
  const { me, file } = props
  const isDue = file.parts.some(({ needsVisit }) => needsVisit)
  if ((!isDue || file.acceptedAt === null) && file.visits.length === 0) return null
  const elsewhere = othersVisits(file)
  const open = file.parts.filter(({ state }) => state === 'reviewing')
  const waiting = open.filter(({ code }) => waitingVisit(file, code) !== undefined)
  const due = open.filter((part) => !waiting.includes(part))
  const maySet =
    file.state === 'accepted' &&
    ['accept-cases', 'review-cases'].some((right) => me.rights.includes(right))
  return (
    <section class="panel two-columns" data-testid="visits">
      <div class="stack">
        <h2>{tp('visits')}</h2>
        {file.visits.length === 0 && elsewhere.length === 0 ? (
          <p class="hint">{tp('visits.none')}</p>
        ) : null}
        {elsewhere.map((visit) => (
          <Planned key={visit.id} visit={visit} />
        ))}
        <ul class="materials">
          {file.visits.map((visit) => (
            <li key={`${visit.id} ${visit.part}`} class="material">
              <Visit {...props} visit={visit} />
            </li>
          ))}
        </ul>
      </div>
      <div class="next no-print">
        {maySet && due.length > 0 ? <SetVisit {...props} open={due} /> : null}
        {maySet && waiting.length > 0 ? <SetVisit {...props} open={waiting} isMoved /> : null}
      </div>
    </section>
  )
}

/** The visit that a part waits for. */
function waitingVisit({ visits }: CaseProps['file'], code: string): CaseVisit | undefined {
  return visits.find((visit) => visit.part === code && visit.passed === null)
}

/** Visits of the case that none of the own parts is in. */
function othersVisits({ planned, visits }: CaseProps['file']): readonly PlannedVisit[] {
  return planned.filter(({ id }) => !visits.some((visit) => visit.id === id))
}

/** The visit with all who go, where some are of parts that are not shown. */
function jointVisit({ planned, visits }: CaseProps['file'], id: string): PlannedVisit | undefined {
  const shown = visits.filter((visit) => visit.id === id).length
  return planned.find((visit) => visit.id === id && visit.offices.length > shown)
}

function Visit(props: CaseProps & { readonly visit: CaseVisit }): VNode {
  const { me, file, visit } = props
  const part = file.parts.find(({ code }) => code === visit.part)
  const name = part === undefined ? visit.part : localised(part.name)
  const isMine = part?.actions.includes('grant') ?? false
  const joint = visit.passed === null ? jointVisit(file, visit.id) : undefined
  return (
    <div class="stack">
      <p>
        <strong>{formatDay(visit.day)}</strong> · <Data>{name}</Data>{' '}
        <VisitState passed={visit.passed} />
      </p>
      {joint === undefined ? null : <Planned visit={joint} />}
      {visit.findings === null ? null : (
        <p>
          <Data>{visit.findings}</Data>
        </p>
      )}
      {visit.passed === null && isMine && me.rights.includes('review-cases') ? (
        <Findings {...props} />
      ) : null}
    </div>
  )
}

function VisitState({ passed }: { readonly passed: boolean | null }): VNode {
  if (passed === null) return <StateWord tone="waiting">{tp('visit.waiting')}</StateWord>
  return (
    <StateWord tone={passed ? 'good' : 'bad'}>
      {tp(passed ? 'visit.passed' : 'visit.failed')}
    </StateWord>
  )
}

interface SetVisitProps extends CaseProps {
  readonly open: CaseProps['file']['parts']
  /** They have a day already, and get another. */
  readonly isMoved?: boolean
}

function SetVisit({ file, open, isMoved = false, onDone }: SetVisitProps): VNode {
  const [joined] = othersVisits(file)
  const [day, setDay] = useState(joined?.day ?? todayHere())
  const [left, setLeft] = useState<readonly string[]>([])
  const parts = open.map(({ code }) => code).filter((code) => !left.includes(code))
  const isOther = parts.every((code) => waitingVisit(file, code)?.day !== day)
  const words = tp(isMoved ? 'visit.move' : joined === undefined ? 'visit.set' : 'visit.join')
  return (
    <ActButton
      title={words}
      body={
        <>
          <p>{tp('visit.set-text')}</p>
          {joined === undefined ? null : <Planned visit={joined} />}
          <TextField
            label={tp('visit.day')}
            name="day"
            type="date"
            value={day}
            min={todayHere()}
            onInput={setDay}
            testId="visit-day"
          />
          {open.map(({ code, name }) => (
            <CheckField
              key={code}
              label={localised(name)}
              name={code}
              checked={!left.includes(code)}
              onChange={(isIn) =>
                setLeft(isIn ? left.filter((one) => one !== code) : [...left, code])
              }
            />
          ))}
        </>
      }
      go={tp('visit.set-go')}
      isReady={day !== '' && parts.length > 0 && isOther}
      act={() => act(`/api/cases/${file.id}/visits`, { answer: ANYTHING, body: { day, parts } })}
      onDone={onDone}
      reload={onDone}
      testId={isMoved ? 'move-visit' : 'set-visit'}
    >
      {words}
    </ActButton>
  )
}

function Planned({ visit }: { readonly visit: PlannedVisit }): VNode {
  return (
    <p data-testid="planned">
      <Data>{visit.offices.map(localised).join(tp('visit.and'))}</Data>
      {tp('visit.planned', { day: formatDay(visit.day) })}
    </p>
  )
}

function Findings(props: CaseProps & { readonly visit: CaseVisit }): VNode {
  const { file, visit, onDone } = props
  const [passed, setPassed] = useState('yes')
  const [findings, setFindings] = useDraft(`visit-${visit.id}-${visit.part}`)
  return (
    <ActButton
      title={tp('visit.findings')}
      body={
        <>
          <SelectField
            label={tp('visit.result')}
            name="passed"
            value={passed}
            choices={[
              { value: 'yes', text: tp('visit.passed') },
              { value: 'no', text: tp('visit.failed') },
            ]}
            onChange={setPassed}
            testId="visit-passed"
          />
          <TextArea
            label={tp('visit.found')}
            value={findings}
            maxLength={MAX_FINDINGS}
            onInput={setFindings}
            testId="visit-found"
          />
        </>
      }
      go={tp('visit.findings')}
      isReady={findings.trim() !== ''}
      act={() =>
        act(`/api/cases/${file.id}/visits/${visit.id}/findings`, {
          answer: ANYTHING,
          body: { part: visit.part, passed: passed === 'yes', findings: findings.trim() },
        })
      }
      onDone={() => {
        setFindings('')
        onDone()
      }}
      reload={onDone}
      testId={`findings-${visit.part}`}
    >
      {tp('visit.findings')}
    </ActButton>
  )
}
