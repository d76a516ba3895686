/** What an approver may do with a licence: suspend it, reinstate it, and end it in one of the ways that the law keeps apart. */

import { SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { useDraft } from '../draft.ts'
import { type Licence, REVOCATION_KINDS } from '../licence-data.ts'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { TextArea } from '../text-area.tsx'
import { tg } from '../words-register.ts'

const MAX_REASON = 500
const MAX_GROUND = 200
const STATUS_OF = { suspend: 'suspended', reinstate: 'valid', revoke: 'revoked' } as const
type Step = keyof typeof STATUS_OF

const STEPS_FROM: Readonly<Record<Licence['status'], readonly Step[]>> = {
  valid: ['suspend', 'revoke'],
  suspended: ['reinstate', 'revoke'],
  revoked: [],
}
/** Another version is made by a case, not here. */
const KINDS = REVOCATION_KINDS.filter((kind) => kind !== 'replaced')

/** The steps from the licence's state, for whoever may take them. */
export function LicenceNext(props: {
  readonly me: Me
  readonly licence: Licence
  readonly onDone: () => void
}): VNode {
  const { me, licence, onDone } = props
  const steps = STEPS_FROM[licence.status]
  const isAllowed = me.rights.includes('change-status')
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
            ...KINDS.map((value) => ({ value, text: tg(`kind.${value}`) })),
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
      act={() =>
        act(`/api/licences/${licence.id}/status`, {
          answer: ANYTHING,
          body: {
            status: STATUS_OF[step],
            reason: reason.trim(),
            ...(isEnd ? { kind } : {}),
            ...(ground.trim() === '' ? {} : { ground: ground.trim() }),
          },
        })
      }
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
