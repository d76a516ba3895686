/** A further order about many licences: what is to be done, why, and to which; another person decides it. */

import { EmptyScreen, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useChosen } from '../chosen-licences.ts'
import { useDraft } from '../draft.ts'
import { faultWords } from '../error-words.ts'
import { DECIDED_KINDS } from '../licence-data.ts'
import { fits, MANY_KINDS, MAX_ORDERED, type ManyKind } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { to } from '../words-orders.ts'
import { tg } from '../words-register.ts'
import { ChooseLicences } from './order-choice.tsx'
import { AskOrder, OrderWhyFields, useOrderWhy } from './order-form.tsx'

/** The page. */
export function NewOrderScreen({ me }: { readonly me: Me }): VNode {
  const [kindText, setKind] = useDraft('order-kind')
  const [end, setEnd] = useDraft('order-end')
  const why = useOrderWhy('order')
  const ground = why.ground.trim()
  const [, setSerials] = useDraft('order-serials')
  const chosen = useChosen()
  const kind: ManyKind = MANY_KINDS.find((one) => one === kindText) ?? 'suspend'
  const lines = chosen.lines.filter(({ status }) => fits(kind, status))
  const content = {
    kind,
    licences: lines.map(({ id }) => id),
    reason: why.reason.trim(),
    ...(kind === 'revoke' ? { end } : {}),
    ...(ground === '' ? {} : { ground }),
  }
  if (!me.rights.includes('change-status')) {
    return <EmptyScreen title={faultWords('auth/forbidden')} />
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
        <OrderWhyFields why={why} reasonHint={to('reason-hint')} />
      </section>
      <ChooseLicences me={me} kind={kind} lines={lines} chosen={chosen} />
      <AskOrder
        content={content}
        title={to('ask.title', { count: lines.length, kind: to(`kind.${kind}`) })}
        isWhole={isReady}
        onAsked={() => {
          for (const set of [setKind, setEnd, why.setReason, why.setGround, setSerials]) set('')
          chosen.clear()
        }}
      />
    </div>
  )
}
