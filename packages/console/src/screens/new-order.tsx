/** A further order about many licences: what is to be done, why, and to which; another person decides it. */

import { EmptyScreen, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { useChosen } from '../chosen-licences.ts'
import { useDraft } from '../draft.ts'
import { faultWords } from '../error-words.ts'
import { DECIDED_KINDS } from '../licence-data.ts'
import { fits, MANY_KINDS, MAX_ORDERED, type ManyKind, ORDERED } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import { act, type Me } from '../session.ts'
import { TextArea } from '../text-area.tsx'
import { to } from '../words-orders.ts'
import { tg } from '../words-register.ts'
import { ChooseLicences } from './order-choice.tsx'

const MAX_REASON = 500
const MAX_GROUND = 200

/** The page. */
export function NewOrderScreen({ me }: { readonly me: Me }): VNode {
  const [kindText, setKind] = useDraft('order-kind')
  const [end, setEnd] = useDraft('order-end')
  const [reason, setReason] = useDraft('order-reason')
  const [ground, setGround] = useDraft('order-ground')
  const [, setSerials] = useDraft('order-serials')
  const chosen = useChosen()
  const kind: ManyKind = MANY_KINDS.find((one) => one === kindText) ?? 'suspend'
  const lines = chosen.lines.filter(({ status }) => fits(kind, status))
  const content = {
    kind,
    licences: lines.map(({ id }) => id),
    reason: reason.trim(),
    ...(kind === 'revoke' ? { end } : {}),
    ...(ground.trim() === '' ? {} : { ground: ground.trim() }),
  }
  // Another content is another order; the same one, sent again, is asked for once.
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [JSON.stringify(content)])
  if (!me.rights.includes('change-status')) {
    return <EmptyScreen title={faultWords('auth/forbidden')} />
  }
  const ask = async () => {
    const answer = await act('/api/orders', { answer: ORDERED, body: content, idempotencyKey })
    if (answer.kind === 'done') {
      for (const set of [setKind, setEnd, setReason, setGround, setSerials]) set('')
      chosen.clear()
      location.hash = placeAddress('orders', answer.value.id)
    }
    return answer
  }
  const isReady =
    lines.length > 0 &&
    lines.length <= MAX_ORDERED &&
    content.reason !== '' &&
    !(kind === 'revoke' && end === '')
  return (
    <div class="stack" data-testid="new-order-screen">
      <a class="link-alone no-print" href={placeAddress('orders')}>
        {to('back')}
      </a>
      <h1>{to('new')}</h1>
      <section class="panel stack">
        <SelectField
          label={to('kind')}
          name="kind"
          value={kind}
          choices={MANY_KINDS.map((value) => ({ value, text: to(`kind.${value}`) }))}
          onChange={setKind}
          testId="order-kind"
        />
        {kind === 'revoke' ? (
          <SelectField
            label={to('end')}
            name="end"
            value={end}
            choices={[
              { value: '', text: to('end.choose') },
              ...DECIDED_KINDS.map((value) => ({ value, text: tg(`kind.${value}`) })),
            ]}
            onChange={setEnd}
            testId="order-end"
          />
        ) : null}
        <TextField
          label={to('ground')}
          name="ground"
          hint={to('ground-hint')}
          value={ground}
          maxLength={MAX_GROUND}
          onInput={setGround}
          testId="ground"
        />
        <TextArea
          label={to('reason')}
          hint={to('reason-hint')}
          value={reason}
          maxLength={MAX_REASON}
          onInput={setReason}
          testId="reason"
        />
      </section>
      <ChooseLicences me={me} kind={kind} lines={lines} chosen={chosen} />
      <div class="actions">
        {isReady ? (
          <ActButton
            kind="primary"
            title={to('ask.title', { count: lines.length, kind: to(`kind.${kind}`) })}
            body={<p>{to('ask.text')}</p>}
            go={to('ask')}
            act={ask}
            onDone={() => undefined}
            testId="ask-order"
          >
            {to('ask')}
          </ActButton>
        ) : null}
      </div>
      <p class="hint">{to('ask.text')}</p>
    </div>
  )
}
