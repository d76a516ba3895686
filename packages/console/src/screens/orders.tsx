/** Orders about licences that two people give: what waits, what was decided, and a further one. */

import { Data, EmptyScreen } from '@onetrip/ui'
import type { VNode } from 'preact'
import { type Column, DataTable } from '../data-table.tsx'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { ORDER_TONES, ORDERS, type Order } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { to } from '../words-orders.ts'
import { LostOrderScreen } from './lost-order.tsx'
import { NewOrderScreen } from './new-order.tsx'
import { OrderScreen } from './order.tsx'
import { Decided } from './order-decided.tsx'

/** What stands in the address in place of an order's id. */
const NEW = 'new'
const LOST = 'lost'

/** The list, one order, or a further one. */
export function OrdersScreen(props: {
  readonly me: Me
  readonly subject: string | undefined
}): VNode {
  if (props.subject === undefined) return <Orders />
  if (props.subject === NEW) return <NewOrderScreen me={props.me} />
  if (props.subject === LOST) return <LostOrderScreen me={props.me} />
  return <OrderScreen me={props.me} id={props.subject} />
}

function Orders(): VNode {
  const orders = useLoaded('/api/orders', ORDERS)
  return (
    <div class="stack" data-testid="orders-screen">
      <div class="page-head">
        <h1>{to('title')}</h1>
        <a
          class="button button-primary no-print"
          href={placeAddress('orders', NEW)}
          data-testid="new-order"
        >
          {to('new')}
        </a>
      </div>
      <p class="hint">{to('text')}</p>
      <Part of={orders}>
        {(value) =>
          value.orders.length === 0 ? (
            <EmptyScreen title={to('empty')} />
          ) : (
            <DataTable
              caption={to('title')}
              columns={columns()}
              rows={value.orders}
              keyOf={({ id }) => id}
              testId="orders-table"
            />
          )
        }
      </Part>
      <p class="no-print">
        <a class="link-alone" href={placeAddress('orders', LOST)} data-testid="new-lost-order">
          {to('lost.new')}
        </a>
      </p>
    </div>
  )
}

function columns(): readonly Column<Order>[] {
  return [
    {
      key: 'kind',
      name: to('kind'),
      cell: ({ id, kind }) => <a href={placeAddress('orders', id)}>{to(`kind.${kind}`)}</a>,
    },
    { key: 'count', name: to('count'), cell: ({ licences }) => licences },
    { key: 'reason', name: to('reason'), cell: ({ reason }) => <Data>{reason}</Data> },
    {
      key: 'state',
      name: to('state'),
      cell: ({ state }) => <StateWord tone={ORDER_TONES[state]}>{to(`state.${state}`)}</StateWord>,
    },
    {
      key: 'by',
      name: to('by'),
      cell: ({ requestedBy, requestedAt }) => (
        <span>
          <Data>{requestedBy}</Data> · <Moment at={requestedAt} />
        </span>
      ),
    },
    { key: 'decided', name: to('decided'), cell: (order) => <Decided order={order} /> },
  ]
}
