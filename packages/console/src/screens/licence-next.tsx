/**
 * What an approver may do with a licence: suspend it, and end it in one of the ways that the law keeps apart; and what they ask another
 * person for: to reinstate it, to transfer it.
 */

import { SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { useDraft } from '../draft.ts'
import { DECIDED_KINDS, type Licence } from '../licence-data.ts'
import { ORDERED } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import type { Answer } from '../request.ts'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { TextArea } from '../text-area.tsx'
import { tg } from '../words-register.ts'
import { TransferStep } from './transfer-step.tsx'

const MAX_REASON = 500
const MAX_GROUND = 200
const STATUS_OF = { suspend: 'suspended', revoke: 'revoked' } as const
type Step = keyof typeof STATUS_OF | 'reinstate'

const STEPS_FROM: Readonly<Record<Licence['status'], readonly Step[]>> = {
  valid: ['suspend', 'revoke'],
  suspended: ['reinstate', 'revoke'],
  revoked: [],
}

/** The steps from the licence's state, for whoever may take them. */
export function LicenceNext(props: {
  readonly me: Me
  readonly licence: Licence
  readonly onDone: () => void
}): VNode {
  const { me, licence, onDone } = props
  const steps = STEPS_FROM[licence.status]
  const isAllowed = me.rights.includes('change-status')
  const type = me.types.find(({ code }) => code === licence.type)
  return (
    <section class="panel stack no-print" data-testid="licence-next">
      <h2>{tg('next')}</h2>
      {steps.length === 0 ? <p class="hint">{tg('final')}</p> : null}
      {steps.length > 0 && !isAllowed ? <p class="hint">{tg('no-right')}</p> : null}
      {isAllowed
        ? steps.map((step) => (
            <StepButton key={step} step={step} licence={licence} onDone={onDone} />
          ))
        : null}
      {isAllowed && licence.status === 'valid' && type !== undefined ? (
        <TransferStep licence={licence} type={type} />
      ) : null}
    </section>
  )
}

function StepButton(props: {
  readonly step: Step
  readonly licence: Licence
  readonly onDone: () => void
}): VNode {
  const { step, licence, onDone } = props
  const [reason, setReason] = useDraft(`licence-${licence.id}`)
  const [ground, setGround] = useDraft(`licence-ground-${licence.id}`)
  const [kind, setKind] = useState('')
  const isEnd = step === 'revoke'
  const wish = {
    reason: reason.trim(),
    ...(ground.trim() === '' ? {} : { ground: ground.trim() }),
  }
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [JSON.stringify(wish)])
  const body = (
    <>
      <p>{tg(`${step}.text`)}</p>
      {isEnd ? (
        <SelectField
          label={tg('kind')}
          name="kind"
          value={kind}
          choices={[
            { value: '', text: tg('kind.choose') },
            ...DECIDED_KINDS.map((value) => ({ value, text: tg(`kind.${value}`) })),
          ]}
          onChange={setKind}
          testId="kind"
        />
      ) : null}
      <TextField
        label={tg('ground')}
        name="ground"
        hint={tg('ground-hint')}
        value={ground}
        maxLength={MAX_GROUND}
        onInput={setGround}
        testId="ground"
      />
      <TextArea
        label={tg('reason')}
        hint={tg('reason-hint')}
        value={reason}
        maxLength={MAX_REASON}
        onInput={setReason}
        testId="reason"
      />
    </>
  )
  return (
    <ActButton
      kind={isEnd ? 'danger' : 'primary'}
      goKind={isEnd ? 'danger' : 'primary'}
      title={tg(`${step}.title`)}
      body={body}
      go={tg(step)}
      isReady={reason.trim() !== '' && !(isEnd && kind === '')}
      act={() => take(step, { licence, wish, kind, idempotencyKey })}
      onDone={() => {
        setReason('')
        setGround('')
        onDone()
      }}
      testId={step}
    >
      {tg(step)}
    </ActButton>
  )
}

async function take(
  step: Step,
  of: {
    readonly licence: Licence
    readonly wish: object
    readonly kind: string
    readonly idempotencyKey: string
  },
): Promise<Answer<unknown>> {
  const { licence, wish, kind, idempotencyKey } = of
  if (step !== 'reinstate') {
    const body = { status: STATUS_OF[step], ...wish, ...(step === 'revoke' ? { kind } : {}) }
    return act(`/api/licences/${licence.id}/status`, { answer: ANYTHING, body })
  }
  const body = { kind: step, licences: [licence.id], ...wish }
  const answer = await act('/api/orders', { answer: ORDERED, body, idempotencyKey })
  if (answer.kind === 'done') location.hash = placeAddress('orders', answer.value.id)
  return answer
}
