/** By whom an order was decided, and when. */

import { Data } from '@onetrip/ui'
import type { VNode } from 'preact'
import { Moment } from '../moment.tsx'
import type { Order } from '../order-data.ts'

/** Nobody's, while it waits. */
export function Decided({ order }: { readonly order: Order }): VNode {
  const { decidedBy, decidedAt } = order
  if (decidedBy === undefined || decidedAt === null) return <>—</>
  return (
    <span>
      <Data>{decidedBy}</Data> · <Moment at={decidedAt} />
    </span>
  )
}
