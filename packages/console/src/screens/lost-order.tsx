/** Credentials that a restore lost: an order by which they end, and what one says of their places. */

import { Data, EmptyScreen, Notice, Row, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { DataTable } from '../data-table.tsx'
import { useDraft } from '../draft.ts'
import { faultWords } from '../error-words.ts'
import { MAX_LOST, type ReadOrder } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { TextArea } from '../text-area.tsx'
import { readPlaces } from '../typed-places.ts'
import { to } from '../words-orders.ts'
import { AskOrder, OrderWhyFields, useOrderWhy } from './order-form.tsx'

const MAX_LIST = 200
const MAX_TYPED = 4_000

/** The page of a further one. */
export function LostOrderScreen({ me }: { readonly me: Me }): VNode {
  const [list, setList] = useDraft('lost-list')
  const [typed, setTyped] = useDraft('lost-places')
  const why = useOrderWhy('lost')
  const { places, unreadable } = readPlaces(typed)
  const content = {
    kind: 'revoke-lost',
    list: list.trim(),
    indices: places,
    reason: why.reason.trim(),
    ground: why.ground.trim(),
  }
  if (!me.rights.includes('change-status')) {
    return <EmptyScreen title={faultWords('auth/forbidden')} />
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
        <OrderWhyFields why={why} />
      </section>
      <AskOrder
        content={content}
        title={to('lost.ask', { count: places.length })}
        isWhole={isReady}
        onAsked={() => {
          for (const set of [setList, setTyped, why.setReason, why.setGround]) set('')
        }}
      />
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
