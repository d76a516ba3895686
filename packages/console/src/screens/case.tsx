/** One case: what is applied for, its parts side by side with their clocks, what came in, and what was done. */

import { Data, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { READ_CASE } from '../case-data.ts'
import type { CaseFile } from '../case-file.ts'
import { CASE_TONES } from '../case-states.ts'
import { READ_GUIDE } from '../guide-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { isFormOpen, isOpenToWindow } from '../window-open.ts'
import { tp } from '../words-cases.ts'
import { ArchiveButton } from './archive-button.tsx'
import { CaseAlike } from './case-alike.tsx'
import { CaseHistory } from './case-history.tsx'
import { IntakeForm, IntakeMaterials } from './case-intake.tsx'
import { CaseMaterials } from './case-materials.tsx'
import { PartPanel } from './case-part.tsx'
import { CasePrints } from './case-prints.tsx'
import { CaseSteps } from './case-step.tsx'
import { CaseVisits } from './case-visits.tsx'

/** What a part of the page is about. */
export interface CaseProps {
  readonly me: Me
  readonly file: CaseFile
  /** Reads it again, for it changed. */
  readonly onDone: () => Promise<void>
}

/** The page of a case. */
export function CaseScreen({ me, id }: { readonly me: Me; readonly id: string }): VNode {
  const loaded = useLoaded(`/api/cases/${encodeURIComponent(id)}`, READ_CASE)
  return (
    <div class="stack" data-testid="case-screen">
      <a class="link-alone no-print" href={placeAddress('cases')}>
        {tp('back')}
      </a>
      <Part of={loaded}>{(file) => <Whole me={me} file={file} onDone={loaded.reload} />}</Part>
    </div>
  )
}

function Whole(props: CaseProps): VNode {
  const { file } = props
  return (
    <>
      <Head {...props} />
      <CaseAlike {...props} />
      {isOpenToWindow(props) ? (
        <>
          <IntakeMaterials {...props} />
          <IntakeForm {...props} />
        </>
      ) : null}
      {file.parts.map((part) => (
        <PartPanel key={part.code} {...props} part={part} />
      ))}
      <CaseVisits {...props} />
      {isOpenToWindow(props) ? null : (
        <>
          <CaseMaterials {...props} />
          {isFormOpen(props) ? <IntakeForm {...props} /> : <Form file={file} />}
        </>
      )}
      <CasePrints file={file} />
      <CaseHistory file={file} />
    </>
  )
}

/** The window has the whole of a case; departments see no applicant, and pack nothing. */
function isPackable({ rights }: Me, { closedAt, applicant }: CaseFile): boolean {
  const isAllowed = rights.includes('accept-cases') || rights.includes('export')
  return isAllowed && closedAt !== null && applicant !== undefined
}

function Head({ me, file, onDone }: CaseProps): VNode {
  return (
    <section
      class="panel two-columns"
      data-testid="case-head"
      data-state={file.state}
      data-version={file.version}
    >
      <div class="stack">
        <div class="page-head">
          <h1>
            <Data>{localised(file.name)}</Data>
          </h1>
          <StateWord tone={CASE_TONES[file.state]}>{tp(`case.${file.state}`)}</StateWord>
        </div>
        <dl class="rows">
          <Row term={tp('number')}>
            {file.number === null ? tp('no-number') : <Data>{file.number}</Data>}
          </Row>
          {file.applicant === undefined ? null : (
            <Row term={tp('applicant')}>
              <Data>{file.applicant}</Data>
            </Row>
          )}
          <Row term={tp('window')}>
            <Data>{localised(file.officeName)}</Data>
          </Row>
          <Row term={tp('channel')}>
            {tp(`channel.${file.channel}`)} · <Moment at={file.submittedAt ?? file.createdAt} />
          </Row>
          <Row term={tp('trips')}>{file.trips}</Row>
        </dl>
      </div>
      <div class="next no-print">
        <CaseSteps file={file} onDone={onDone} />
        {isPackable(me, file) ? (
          <ArchiveButton path={`/api/cases/${file.id}/archive`} name={file.number ?? file.id} />
        ) : null}
      </div>
    </section>
  )
}

function Form({ file }: { readonly file: CaseFile }): VNode {
  const guide = useLoaded(`/guides/${file.matter}`, READ_GUIDE)
  return (
    <section class="panel stack">
      <h2>{tp('form')}</h2>
      <Part of={guide}>
        {({ form, questions }) => (
          <dl class="rows">
            {form
              .filter(({ name }) => file.form[name] !== undefined)
              .map(({ name, label, options }) => {
                const value = file.form[name] ?? ''
                const chosen = options?.find(({ code }) => code === value)?.text
                return (
                  <Row key={name} term={localised(label)}>
                    <Data>{chosen === undefined ? value : localised(chosen)}</Data>
                  </Row>
                )
              })}
            {questions.map(({ code, text, answers }) => {
              const given = answers.find((answer) => answer.code === file.answers[code])
              return given === undefined ? null : (
                <Row key={code} term={localised(text)}>
                  <Data>{localised(given.text)}</Data>
                </Row>
              )
            })}
          </dl>
        )}
      </Part>
    </section>
  )
}
