/** Credentials that a restore lost: an order by which they end, and what one says of their places. */

import { Data, EmptyScreen, Notice, Row, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { DataTable } from '../data-table.tsx'
import { useDraft } from '../draft.ts'
import { faultWords } from '../error-words.ts'
import { MAX_LOST, ORDERED, type ReadOrder } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import { act, type Me } from '../session.ts'
import { TextArea } from '../text-area.tsx'
import { readPlaces } from '../typed-places.ts'
import { to } from '../words-orders.ts'

const MAX_LIST = 200
const MAX_TYPED = 4_000
const MAX_REASON = 500
const MAX_GROUND = 200

/** The page of a further one. */
export function LostOrderScreen({ me }: { readonly me: Me }): VNode {
  const [list, setList] = useDraft('lost-list')
  const [typed, setTyped] = useDraft('lost-places')
  const [reason, setReason] = useDraft('lost-reason')
  const [ground, setGround] = useDraft('lost-ground')
  const { places, unreadable } = readPlaces(typed)
  const content = {
    kind: 'revoke-lost',
    list: list.trim(),
    indices: places,
    reason: reason.trim(),
    ground: ground.trim(),
  }
  // Another content is another order; the same one, sent again, is asked for once.
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [JSON.stringify(content)])
  if (!me.rights.includes('change-status')) {
    return <EmptyScreen title={faultWords('auth/forbidden')} />
  }
  const ask = async () => {
    const answer = await act('/api/orders', { answer: ORDERED, body: content, idempotencyKey })
    if (answer.kind === 'done') {
      for (const set of [setList, setTyped, setReason, setGround]) set('')
      location.hash = placeAddress('orders', answer.value.id)
    }
    return answer
  }
  const isMany = places.length > MAX_LOST
  const isWhole = [content.list, content.reason, content.ground].every((text) => text !== '')
  const isReady = isWhole && places.length > 0 && !isMany && unreadable.length === 0
  return (
    <div class="stack" data-testid="lost-order-screen">
      <a class="link-alone no-print" href={placeAddress('orders')}>
        {to('back')}
      </a>
      <h1>{to('lost.new')}</h1>
      <p class="hint">{to('lost.text')}</p>
      <section class="panel stack">
        <TextField
          label={to('lost.list')}
          name="list"
          hint={to('lost.list-hint')}
          value={list}
          maxLength={MAX_LIST}
          onInput={setList}
          testId="lost-list"
        />
        <TextArea
          label={to('lost.indices')}
          hint={to('lost.indices-hint', { max: MAX_LOST })}
          value={typed}
          maxLength={MAX_TYPED}
          onInput={setTyped}
          testId="lost-places"
        />
        {unreadable.length === 0 ? null : (
          <Notice tone="bad" live="alert">
            {to('lost.unreadable', { words: unreadable.join(' ') })}
          </Notice>
        )}
        {isMany ? (
          <Notice tone="bad" live="alert">
            {to('lost.many', { max: MAX_LOST })}
          </Notice>
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
          value={reason}
          maxLength={MAX_REASON}
          onInput={setReason}
          testId="reason"
        />
      </section>
      <div class="actions">
        {isReady ? (
          <ActButton
            kind="primary"
            title={to('lost.ask', { count: places.length })}
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

/** In the page of an order: which places, and how each reads. */
export function LostPlaces({ order }: { readonly order: ReadOrder }): VNode {
  return (
    <section class="stack">
      <h2>{to('lost.places')}</h2>
      {order.content?.list === undefined ? (
        <p class="hint">{to('licences.gone')}</p>
      ) : (
        <>
          <dl class="rows">
            <Row term={to('lost.list')}>
              <Data>{order.content.list}</Data>
            </Row>
          </dl>
          <DataTable
            caption={to('lost.places')}
            columns={[
              { key: 'index', name: to('lost.indices'), cell: ({ index }) => index },
              {
                key: 'status',
                name: to('lost.status'),
                cell: ({ status }) => to(`lost.status.${status}`),
              },
            ]}
            rows={order.lost ?? []}
            keyOf={({ index }) => String(index)}
            testId="lost-lines"
          />
        </>
      )}
    </section>
  )
}
