/** What every further order asks for, whatever it is about: why and on what ground, and the question before another person decides it. */

import { Button, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { useDraft } from '../draft.ts'
import { ORDERED } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import { act } from '../session.ts'
import { TextArea } from '../text-area.tsx'
import { to } from '../words-orders.ts'

const MAX_REASON = 500
const MAX_GROUND = 200

/** Why an order is asked for, as it was typed. */
export interface OrderWhy {
  readonly ground: string
  readonly reason: string
  setGround(text: string): void
  setReason(text: string): void
}

/** Kept as drafts that begin with `name`. */
export function useOrderWhy(name: string): OrderWhy {
  const [ground, setGround] = useDraft(`${name}-ground`)
  const [reason, setReason] = useDraft(`${name}-reason`)
  return { ground, reason, setGround, setReason }
}

/** The fields of {@link OrderWhy}. */
export function OrderWhyFields(props: {
  readonly why: OrderWhy
  /** Where the reason is read later, if not in the order alone. */
  readonly reasonHint?: string
}): VNode {
  const { why, reasonHint } = props
  return (
    <>
      <TextField
        label={to('ground')}
        name="ground"
        hint={to('ground-hint')}
        value={why.ground}
        maxLength={MAX_GROUND}
        onInput={(text) => why.setGround(text)}
        testId="ground"
      />
      <TextArea
        label={to('reason')}
        {...(reasonHint === undefined ? {} : { hint: reasonHint })}
        value={why.reason}
        maxLength={MAX_REASON}
        onInput={(text) => why.setReason(text)}
        testId="reason"
      />
    </>
  )
}

/** Asks for an order once it is whole, and leads to its page. */
export function AskOrder(props: {
  readonly content: object
  readonly title: string
  readonly isWhole: boolean
  readonly onAsked: () => void
}): VNode {
  const { content, title, isWhole, onAsked } = props
  // Another content is another order; the same one, sent again, is asked for once.
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [JSON.stringify(content)])
  const ask = async () => {
    const answer = await act('/api/orders', { answer: ORDERED, body: content, idempotencyKey })
    if (answer.kind === 'done') {
      onAsked()
      location.hash = placeAddress('orders', answer.value.id)
    }
    return answer
  }
  return (
    <>
      <div class="actions">
        {isWhole ? (
          <ActButton
            kind="primary"
            title={title}
            body={<p>{to('ask.text')}</p>}
            go={to('ask')}
            act={ask}
            onDone={() => undefined}
            testId="ask-order"
          >
            {to('ask')}
          </ActButton>
        ) : (
          <Button kind="primary" disabled>
            {to('ask')}
          </Button>
        )}
      </div>
      <p class="hint">{to('ask.text')}</p>
    </>
  )
}
