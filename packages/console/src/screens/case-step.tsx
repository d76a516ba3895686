/** The steps that the server says may be taken: what each needs is asked for, and a refusal is said where it was pressed. */

import { CheckField, localised, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { ASKED, type Asked, GRAVE, type StepName, stepsAmong } from '../case-asked.ts'
import type { CaseFile, CasePart } from '../case-file.ts'
import { useDraft } from '../draft.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { SEALS } from '../seal-data.ts'
import { act } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { TextArea } from '../text-area.tsx'
import { tp } from '../words-cases.ts'
import { DraftStep } from './case-draft.tsx'
import { HandOut, IssueStep } from './case-handing.tsx'
import type { PartProps } from './case-part.tsx'

const MAX_REASON = 500
const MAX_OPINION = 1000

interface StepProps {
  readonly file: CaseFile
  readonly part?: CasePart
  readonly onDone: () => void
}

/** Steps of the case itself. */
export function CaseSteps({ file, onDone }: StepProps): VNode {
  const steps = stepsAmong(file.actions)
  return (
    <div class="next no-print" data-testid="case-next">
      {steps.map((step, index) => (
        <CaseStep key={step} step={step} isFirst={index === 0} file={file} onDone={onDone} />
      ))}
    </div>
  )
}

/** Steps of a part. */
export function PartSteps(props: PartProps): VNode {
  const { me, file, part, onDone } = props
  const isBarred = part.actions.includes('approve') && !part.mayApprove
  const steps = stepsAmong(part.actions).filter(
    (step) => !isBarred || (step !== 'approve' && step !== 'send-back'),
  )
  const mayDraft = part.actions.includes('draft')
  const mayIssue = part.actions.includes('issue')
  const mayHandOut = part.licence !== null && me.rights.includes('hand-out')
  const hasNone = isOpen(part.state) && steps.length === 0 && !mayDraft && !mayIssue && !mayHandOut
  return (
    <div class="next">
      {mayDraft ? <DraftStep {...props} /> : null}
      {mayIssue ? <IssueStep {...props} /> : null}
      {mayHandOut ? <HandOut {...props} /> : null}
      {hasNone && !isBarred ? <p class="hint">{tp('next.none')}</p> : null}
      {isBarred ? (
        <p class="hint" data-testid="same-person">
          {tp('same-person')}
        </p>
      ) : null}
      {steps.map((step, index) => (
        <CaseStep
          key={step}
          step={step}
          isFirst={index === 0 && !mayDraft && !mayHandOut}
          file={file}
          part={part}
          onDone={onDone}
        />
      ))}
    </div>
  )
}

/** Whether something is still to come of a part that the departments have. */
function isOpen(state: CasePart['state']): boolean {
  return !['pending', 'delivered', 'concluded', 'refused', 'withdrawn'].includes(state)
}

/** The button of a step with its question. */
function CaseStep(
  props: StepProps & { readonly step: StepName; readonly isFirst: boolean },
): VNode {
  const { step, isFirst, file, part, onDone } = props
  const draft = `case-${file.id}-${part?.code ?? ''}-${step}`
  const [reason, setReason] = useDraft(`${draft}-reason`)
  const [opinion, setOpinion] = useDraft(`${draft}-opinion`)
  const grounds = groundsOf(file, part)
  const [ground, setGround] = useState('')
  const [seal, setSeal] = useState('')
  const [isAtWindow, setAtWindow] = useState(false)
  const asks = (what: Asked): boolean => ASKED[step].some((one) => one === what)
  const isGrave = GRAVE.includes(step)
  const { version } = part ?? file
  const body = {
    version,
    ...(asks('reason') ? { reason: reason.trim() } : {}),
    ...(asks('ground') ? { ground } : {}),
    ...(asks('opinion') && opinion.trim() !== '' ? { opinion: opinion.trim() } : {}),
    ...(asks('seal') ? { seal } : {}),
    ...(asks('window') ? { atWindow: isAtWindow } : {}),
    ...(step === 'approve' && typeof part?.sha256 === 'string' ? { sha256: part.sha256 } : {}),
  }
  const path = `/api/cases/${file.id}${part === undefined ? '' : `/parts/${part.code}`}/${step}`
  return (
    <ActButton
      kind={isFirst && !isGrave ? 'primary' : 'secondary'}
      goKind={isGrave ? 'danger' : 'primary'}
      title={tp('ask.title', { action: tp(`action.${step}`) })}
      body={
        <>
          <p>{tp('ask.text')}</p>
          {step === 'approve' && typeof part?.document === 'string' ? (
            <pre class="decision-text" lang="zh-CN" translate={false}>
              {part.document}
            </pre>
          ) : null}
          {asks('ground') ? (
            <SelectField
              label={tp('ground')}
              name="ground"
              value={ground}
              choices={[
                { value: '', text: tp('seal.choose') },
                ...grounds.map(({ code, text, basis }) => ({
                  value: code,
                  text: `${localised(text)} (${basis})`,
                })),
              ]}
              onChange={setGround}
              testId="ground"
            />
          ) : null}
          {asks('reason') ? (
            <TextArea
              label={tp('reason')}
              value={reason}
              maxLength={MAX_REASON}
              onInput={setReason}
              testId="reason"
            />
          ) : null}
          {asks('opinion') ? (
            <TextArea
              label={tp('opinion')}
              value={opinion}
              maxLength={MAX_OPINION}
              onInput={setOpinion}
              testId="opinion"
            />
          ) : null}
          {asks('seal') ? <SealChoice value={seal} onChange={setSeal} /> : null}
          {asks('window') ? (
            <CheckField
              label={tp('at-window')}
              name="at-window"
              checked={isAtWindow}
              onChange={setAtWindow}
            />
          ) : null}
        </>
      }
      go={tp(`action.${step}`)}
      isReady={
        (!asks('reason') || reason.trim() !== '') &&
        (!asks('ground') || ground !== '') &&
        (!asks('seal') || seal !== '')
      }
      act={() => act(path, { answer: ANYTHING, body })}
      onDone={() => {
        setReason('')
        setOpinion('')
        onDone()
      }}
      reload={onDone}
      testId={`step-${step}`}
    >
      {tp(`action.${step}`)}
    </ActButton>
  )
}

/** Of a part its own grounds; of the whole case those of any part, each once. */
function groundsOf(file: CaseFile, part: CasePart | undefined): CasePart['grounds'] {
  if (part !== undefined) return part.grounds
  const all = file.parts.flatMap(({ grounds }) => grounds)
  return all.filter(({ code }, index) => all.findIndex((one) => one.code === code) === index)
}

function SealChoice(props: {
  readonly value: string
  readonly onChange: (seal: string) => void
}): VNode {
  const seals = useLoaded('/api/seals', SEALS)
  return (
    <Part of={seals}>
      {(value) => (
        <SelectField
          label={tp('seal')}
          name="seal"
          value={props.value}
          choices={[
            { value: '', text: tp('seal.choose') },
            ...value.seals
              .filter(({ state }) => state === 'in-use')
              .map(({ id, name }) => ({ value: id, text: name, lang: 'zh-CN' })),
          ]}
          onChange={props.onChange}
          testId="seal"
        />
      )}
    </Part>
  )
}
