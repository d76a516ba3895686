/**
 * No number is given out twice: whatever counts is raised by as many as the published log says were given out after the backup, for whoever they
 * may have been; numbers that nobody has are the price.
 */
import type { ActEntry, LogEntry } from '@onetrip/log'
import { dayAt } from '../cases/working-days.ts'
import type { StorageTransaction } from '../storage/database.ts'

/** Where the area stands in a USCC, as in `make-seal.ts`. */
const AREA = { from: 2, to: 8 } as const

/** Raises serial numbers of licences, numbers of seals and of acceptances. */
export async function raiseNumbers(
  transaction: StorageTransaction,
  entries: readonly LogEntry[],
): Promise<void> {
  const acts = entries.filter((entry) => entry.kind === 'act')
  await raiseSerials(transaction, acts)
  await raiseSeals(transaction, acts)
  await raiseCases(transaction, acts)
}

/** Of an act only the agency is open, so each of its types is raised by all of them. */
async function raiseSerials(
  transaction: StorageTransaction,
  acts: readonly ActEntry[],
): Promise<void> {
  const types = await transaction.selectFrom('agency_type').selectAll().execute()
  for (const [agency, count] of countBy(acts, 'licence/issue', ({ agency: id }) => id)) {
    for (const { type_code: type } of types.filter(({ agency_id: id }) => id === agency)) {
      await transaction
        .insertInto('serial_counter')
        .values({ agency_id: agency, type_code: type, next: count + 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['agency_id', 'type_code'])
            .doUpdateSet((columns) => ({ next: columns('serial_counter.next', '+', count) })),
        )
        .execute()
    }
  }
}

/** A maker makes seals of any area. */
async function raiseSeals(
  transaction: StorageTransaction,
  acts: readonly ActEntry[],
): Promise<void> {
  const count = acts.filter(({ act }) => act === 'seal/make').length
  if (count === 0) return
  const owners = await transaction.selectFrom('agency').select('id').execute()
  const known = await transaction.selectFrom('seal_number').select('area').execute()
  const areas = new Set([
    ...known.map(({ area }) => area),
    ...owners.map(({ id }) => id.slice(AREA.from, AREA.to)),
  ])
  for (const area of areas) {
    await transaction
      .insertInto('seal_number')
      .values({ area, next: count + 1 })
      .onConflict((conflict) =>
        conflict
          .column('area')
          .doUpdateSet((columns) => ({ next: columns('seal_number.next', '+', count) })),
      )
      .execute()
  }
}

/** An acceptance bears its office and its day. */
async function raiseCases(
  transaction: StorageTransaction,
  acts: readonly ActEntry[],
): Promise<void> {
  const dayOf = ({ agency, at }: ActEntry): string | undefined =>
    agency === undefined ? undefined : `${agency} ${dayAt(at).replaceAll('-', '')}`
  for (const [key, count] of countBy(acts, 'case/accept', dayOf)) {
    const [office = '', day = ''] = key.split(' ')
    await transaction
      .insertInto('case_number')
      .values({ office_id: office, day, next: count + 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['office_id', 'day'])
          .doUpdateSet((columns) => ({ next: columns('case_number.next', '+', count) })),
      )
      .execute()
  }
}

function countBy(
  acts: readonly ActEntry[],
  act: string,
  keyOf: (entry: ActEntry) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const entry of acts) {
    const key = entry.act === act ? keyOf(entry) : undefined
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
