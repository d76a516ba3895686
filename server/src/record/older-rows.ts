/**
 * Rows that are older than the record have no act that brought them. The first act of a record that begins in a database with such rows
 * holds all of them, so that no row passes for one of them later; a record without that act has none.
 */
import { createHash } from 'node:crypto'
import { fromBase64url } from '@onetrip/codec'
import { type Fact, readOpening } from '@onetrip/log'
import type { Services } from '../services.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import { recordAct, recordLength } from './append.ts'
import { heldColumns, rowHold } from './row-hold.ts'

const ROWS = 512
const ACT = 'record/older'

/** The tables, the act that brings a row of each, and when a row is more than a beginning of one. */
const OLDER = [
  { table: 'licence', act: 'licence/issue' },
  { table: 'offer', act: 'offer/make' },
  { table: 'credential', act: 'credential/issue' },
  { table: 'seal', act: 'seal/apply' },
  { table: 'seal_use', act: 'seal-use/request' },
  { table: 'counter', act: 'counter/confirm' },
  { table: 'api_key', act: 'api-key/create' },
] as const

type OlderTable = (typeof OLDER)[number]['table']

/** Tables whose rows the act holds, each with what it says of them. */
export type OlderRows = ReadonlyMap<string, Fact>

/** Holds the rows that are there before the first act; does nothing where there is one, or none of them. */
export async function holdOlderRows(services: Services): Promise<void> {
  if ((await recordLength(services.storage)) > 0) return
  await transact(services.storage, async (transaction) => {
    if ((await recordLength(transaction)) > 0) return
    const facts: Record<string, string> = {}
    for (const older of OLDER) {
      const hold = await olderHold(services, transaction, older)
      if (hold !== undefined) facts[older.table] = hold
    }
    if (Object.keys(facts).length === 0) return
    await recordAct(services, transaction, { act: ACT, facts })
  })
}

/** What the first act holds; nothing where it is another one. */
export async function olderRows(reader: StorageReader): Promise<OlderRows> {
  const row = await reader
    .selectFrom('log_fact')
    .innerJoin('log_word', 'log_word.idx', 'log_fact.idx')
    .select('opening')
    .where('log_fact.idx', '=', 0)
    .where('word', '=', ACT)
    .executeTakeFirst()
  return row === undefined ? new Map() : readOpening(fromBase64url(row.opening))
}

/** The first table whose older rows are not those that the first act held. */
export async function olderFault(
  services: Services,
  reader: StorageReader,
): Promise<OlderTable | undefined> {
  const held = await olderRows(reader)
  for (const older of OLDER) {
    const due = held.get(older.table)
    if (due === undefined) continue
    if ((await olderHold(services, reader, older)) !== due) return older.table
  }
  return undefined
}

/** An HMAC over the rows that no act brought, in order; undefined where there are none. */
async function olderHold(
  services: Services,
  reader: StorageReader,
  { table, act }: (typeof OLDER)[number],
): Promise<string | undefined> {
  const hash = createHash('sha256')
  let count = 0
  for (let after = ''; ; ) {
    const rows = await reader
      .selectFrom(table)
      .selectAll()
      .where('id', '>', after)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('log_word as named')
              .innerJoin('log_word as done', 'done.idx', 'named.idx')
              .select('named.idx')
              .whereRef('named.word', '=', `${table}.id`)
              .where('done.word', '=', act),
          ),
        ),
      )
      .orderBy('id')
      .limit(ROWS)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
    for (const row of rows.filter(isBorn)) {
      hash.update(`${heldColumns(table, row)}\n`)
      count += 1
    }
  }
  if (count === 0) return undefined
  return rowHold(services, [table, String(count), hash.digest('base64url')])
}

/** What is reserved or asked for was given to nobody, and may come to nothing. */
function isBorn(row: object): boolean {
  if ('form' in row && 'state' in row) return row.state === 'issued'
  return !('confirmed_at' in row) || row.confirmed_at !== null
}
