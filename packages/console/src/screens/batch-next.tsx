/** What may be done with a batch: approved or refused by another person, stopped, gone on with, withdrawn. */

import type { VNode } from 'preact'
import { ActButton } from '../act-button.tsx'
import type { Batch, BatchState } from '../batch-data.ts'
import { useDraft } from '../draft.ts'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { TextArea } from '../text-area.tsx'
import { tb } from '../words-batches.ts'

const MAX_REASON = 500

type Step = 'approve' | 'refuse' | 'withdraw' | 'stop' | 'resume'

interface StepRule {
  readonly from: BatchState
  readonly right: 'approve-batches' | 'request-batches' | undefined
  readonly isDanger: boolean
  readonly hasReason: boolean
}

/** Each step, from which state, and for whom; a step without a right is for whoever sees the batch. */
const STEPS: Readonly<Record<Step, StepRule>> = {
  approve: { from: 'requested', right: 'approve-batches', isDanger: false, hasReason: false },
  refuse: { from: 'requested', right: 'approve-batches', isDanger: true, hasReason: true },
  withdraw: { from: 'requested', right: 'request-batches', isDanger: true, hasReason: true },
  stop: { from: 'approved', right: undefined, isDanger: true, hasReason: true },
  resume: { from: 'stopped', right: 'approve-batches', isDanger: false, hasReason: false },
}
const ORDER: readonly Step[] = ['approve', 'refuse', 'withdraw', 'stop', 'resume']

/** The steps that are open to whoever is signed in. */
export function BatchNext(props: {
  readonly me: Me
  readonly batch: Batch
  readonly onDone: () => void
}): VNode {
  const { me, batch, onDone } = props
  const possible = ORDER.filter((step) => STEPS[step].from === batch.state)
  const own = possible.filter((step) => isOpen(STEPS[step], me))
  const decides = me.rights.includes('approve-batches')
  const waits = batch.state === 'requested' || batch.state === 'stopped'
  return (
    <section class="panel stack no-print" data-testid="batch-next">
      <h2>{tb('next')}</h2>
      {possible.length === 0 ? <p class="hint">{tb('over')}</p> : null}
      {own.map((step) => (
        <StepButton key={step} step={step} batch={batch} onDone={onDone} />
      ))}
      {waits && !decides ? <p class="hint">{tb('no-right')}</p> : null}
    </section>
  )
}

function isOpen({ right }: StepRule, { rights }: Me): boolean {
  return right === undefined || rights.includes(right)
}

function StepButton(props: {
  readonly step: Step
  readonly batch: Batch
  readonly onDone: () => void
}): VNode {
  const { step, batch, onDone } = props
  const [reason, setReason] = useDraft(`batch-${batch.id}`)
  const { isDanger, hasReason } = STEPS[step]
  const body = (
    <>
      <p>{tb(`${step}.text`)}</p>
      {step === 'approve' ? (
        <p class="hint">
          {tb('digest')} <bdi class="digest">{batch.digest}</bdi>
        </p>
      ) : null}
      {hasReason ? (
        <TextArea
          label={tb('reason')}
          value={reason}
          maxLength={MAX_REASON}
          onInput={setReason}
          testId="reason"
        />
      ) : null}
    </>
  )
  return (
    <ActButton
      kind={isDanger ? 'danger' : 'primary'}
      goKind={isDanger ? 'danger' : 'primary'}
      title={tb(`${step}.title`, { count: batch.rows })}
      body={body}
      go={tb(step)}
      isReady={!hasReason || reason.trim() !== ''}
      act={() => takeStep(step, batch, reason.trim())}
      onDone={() => {
        setReason('')
        onDone()
      }}
      testId={step}
    >
      {tb(step)}
    </ActButton>
  )
}

function takeStep(step: Step, { id, digest }: Batch, reason: string) {
  const at = `/api/batches/${id}`
  const answer = ANYTHING
  if (step === 'resume') return act(`${at}/resume`, { answer, body: {} })
  if (step === 'stop' || step === 'withdraw') return act(`${at}/stop`, { answer, body: { reason } })
  const decided = { decision: step, digest, ...(step === 'refuse' ? { reason } : {}) }
  return act(`${at}/decision`, { answer, body: decided })
}
