/** The part of the record's audit that is about orders of two people: each is as the acts about it left it, and says what its digest says. */
import { sha256Base64url } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { LicenceOrderTable } from '../storage/order-schema.ts'
import type { RecordFault } from './audit.ts'
import {
  type ActAbout,
  type AuditedRow,
  isHeld,
  isTimeOf,
  type RowRule,
  rowFault,
} from './audit-rows.ts'
import { heldText } from './row-hold.ts'

type AuditedOrder = AuditedRow & Readonly<LicenceOrderTable>

/** What each act leaves an order as. */
const LEFT: Readonly<Record<string, LicenceOrderTable['state']>> = {
  'order/request': 'requested',
  'order/approve': 'done',
  'order/refuse': 'refused',
}

/** The first order that is not as acts left it. */
export function orderFault(services: Services): Promise<RecordFault | undefined> {
  return rowFault(services, orderRule(services))
}

function orderRule(services: Services): RowRule<AuditedOrder> {
  return {
    table: 'licence_order',
    name: 'order',
    begins: ['order/request'],
    acts: [{ word: ({ id }) => id, kinds: Object.keys(LEFT) }],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom('licence_order')
        .selectAll()
        .where('id', 'in', ids)
        .execute()
      // No order is older than the record.
      return rows.map((row) => ({ ...row, bornAt: Infinity }))
    },
    fault: (row, acts) => {
      const isFit =
        isStep(row, acts) && isSaid(row) && isHeld(services, acts, [heldText('licence_order', row)])
      return isFit ? undefined : 'licence_order'
    },
  }
}

function isStep(row: AuditedOrder, acts: readonly ActAbout[]): boolean {
  const last = acts.at(-1)
  if (last === undefined || row.state !== LEFT[last.act]) return false
  const decision = acts.find(({ act }) => act !== 'order/request')
  return (
    row.decider_id === (decision?.facts.get('actor') ?? null) && isTimeOf(row.decided_at, decision)
  )
}

/** What waits says what was asked for; what is decided says nothing. */
function isSaid({ state, content, digest }: AuditedOrder): boolean {
  if (state !== 'requested') return content === null
  return content !== null && sha256Base64url(content) === digest
}
