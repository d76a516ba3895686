/** The part of the record's audit that is about offices' counters and about what is denied. */
import type { Services } from '../services.ts'
import type { CounterTable } from '../storage/schema.ts'
import type { RecordFault } from './audit.ts'
import {
  type AuditedRow,
  actsOf,
  isHeld,
  type RowRule,
  rowFault,
  whileNobodyWrites,
} from './audit-rows.ts'
import { heldText } from './row-hold.ts'

const ROWS = 512

type AuditedCounter = AuditedRow &
  Readonly<CounterTable> & {
    /** Whether its device is denied. */
    readonly isDenied: boolean
  }

/** The first counter that is not as acts left it, or the first denial. */
export async function counterFault(services: Services): Promise<RecordFault | undefined> {
  return (
    (await rowFault(services, counterRule(services))) ??
    (await deniedFault(services, 'device')) ??
    (await deniedFault(services, 'key'))
  )
}

function counterRule(services: Services): RowRule<AuditedCounter> {
  return {
    table: 'counter',
    name: 'counter',
    begins: ['counter/confirm'],
    acts: [{ word: ({ id }) => id, kinds: ['counter/confirm', 'counter/certify', 'deny/device'] }],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom('counter')
        .leftJoin('denied', (join) =>
          join.onRef('denied.thumbprint', '=', 'counter.thumbprint').on('kind', '=', 'device'),
        )
        .selectAll('counter')
        .select('denied.thumbprint as denied')
        .where('counter.id', 'in', ids)
        .execute()
      return rows.map(({ denied, ...row }) => ({
        ...row,
        isDenied: denied !== null,
        bornAt: row.confirmed_at ?? (row.state === 'confirmed' ? Infinity : undefined),
      }))
    },
    fault: (row, acts) => {
      const confirmed = acts.filter(({ act }) => act === 'counter/confirm')
      const until = acts.findLast(({ act }) => act === 'counter/certify')?.facts.get('until')
      const isEnded = row.isDenied || acts.some(({ act }) => act === 'deny/device')
      const isFit =
        isEnded === (row.state === 'denied') &&
        (confirmed.length === 0 || row.state !== 'asked') &&
        (until === undefined || until === row.signed_until) &&
        isHeld(services, confirmed, [heldText('counter', row)])
      return isFit ? undefined : 'counter'
    },
  }
}

/** The first denial of a kind that does not count from when acts say. Of what is denied, its length is held: verifiers hold all of it. */
async function deniedFault(
  services: Services,
  kind: 'device' | 'key',
): Promise<RecordFault | undefined> {
  return whileNobodyWrites(services, async (reader) => {
    const due = new Map<string, { readonly from: number; readonly place: number }>()
    for await (const acts of actsOf(reader, `deny/${kind}`)) {
      for (const { facts, place } of acts) {
        const thumbprint = String(facts.get('thumbprint'))
        const from = Math.min(Number(facts.get('from')), due.get(thumbprint)?.from ?? Infinity)
        due.set(thumbprint, { from, place })
      }
    }
    for (let after = ''; ; ) {
      const rows = await reader
        .selectFrom('denied')
        .selectAll()
        .where('kind', '=', kind)
        .where('thumbprint', '>', after)
        .orderBy('thumbprint')
        .limit(ROWS)
        .execute()
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.thumbprint
      for (const { thumbprint: id, from_time: from } of rows) {
        const act = due.get(id)
        due.delete(id)
        if (act?.from === from) continue
        return { table: 'denied', ...(act === undefined ? {} : { place: act.place }), id }
      }
    }
    const [missing] = due
    return missing && { table: 'denied', place: missing[1].place, id: missing[0] }
  })
}
