/** In the work list: orders of others that wait for whoever may decide them. It has data of its own and holds nothing up. */

import { Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useLoaded } from '../load-part.tsx'
import { ORDERS } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import { to } from '../words-orders.ts'

/** How many there are, and the way to them; nothing where none waits. */
export function WaitingOrders(): VNode | null {
  const { answer } = useLoaded('/api/orders', ORDERS)
  const orders = answer?.kind === 'done' ? answer.value.orders : []
  const count = orders.filter(({ state, isOwn }) => state === 'requested' && !isOwn).length
  if (count === 0) return null
  return (
    <Notice
      title={to('waiting.title', { count })}
      testId="waiting-orders"
      action={
        <a class="button button-secondary" href={placeAddress('orders')} data-testid="go-orders">
          {to('waiting.open')}
        </a>
      }
    />
  )
}
