/**
 * Adding to the record: in the transaction of what it records, so that there is no act without its entry and no entry without its
 * act. The index is the next one; as one transaction writes at a time, there are no gaps.
 */
import { toBase64url } from '@onetrip/codec'
import {
  type ActEntry,
  commitTo,
  encodeEntry,
  type Fact,
  type ImpressionEntry,
  type IssuanceEntry,
  leafHash,
  SALT_BYTES,
} from '@onetrip/log'
import type { Services } from '../services.ts'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'

/** What somebody did. */
export interface Act {
  /** Such as `licence/status`: what was acted on, and how. */
  readonly act: string
  /** In whose name (a USCC). */
  readonly agency?: string
  /** Who (an actor's id); absent for the server itself. */
  readonly actor?: string
  /** What more there is to know, never in the open; a fact that is undefined is left out. */
  readonly facts?: Readonly<Record<string, Fact | null | undefined>>
}

/** Entries of the record. */
export async function recordLength(reader: StorageReader): Promise<number> {
  const { last } = await reader
    .selectFrom('log_entry')
    .select((row) => row.fn.max('idx').as('last'))
    .executeTakeFirstOrThrow()
  return last === null ? 0 : Number(last) + 1
}

/** Records a credential or the use of a seal. Returns the entry's index. */
export function recordIssued(
  services: Services,
  transaction: StorageTransaction,
  entry: IssuanceEntry | ImpressionEntry,
): Promise<number> {
  return append(services, transaction, encodeEntry(entry))
}

/** Records what was done; who did it and the facts are committed to, and kept beside. Returns the entry's index. */
export async function recordAct(
  services: Services,
  transaction: StorageTransaction,
  { act, agency, actor, facts = {} }: Act,
): Promise<number> {
  const known = Object.entries({ actor, ...facts }).flatMap(([name, fact]) =>
    fact === undefined || fact === null ? [] : [[name, fact] as const],
  )
  const { commitment, opening } = commitTo(Object.fromEntries(known), services.random(SALT_BYTES))
  const entry: ActEntry = {
    kind: 'act',
    act,
    at: services.now(),
    ...(agency === undefined ? {} : { agency }),
    commitment,
  }
  const idx = await append(services, transaction, encodeEntry(entry))
  const row = { idx, opening: toBase64url(opening) }
  await transaction.insertInto('log_fact').values(row).execute()
  return idx
}

async function append(
  services: Services,
  transaction: StorageTransaction,
  entry: Uint8Array,
): Promise<number> {
  const { idx } = await transaction
    .insertInto('log_entry')
    .columns(['idx', 'entry', 'leaf', 'at'])
    .expression((query) =>
      query
        .selectFrom('log_entry')
        .select((row) => [
          row.fn.coalesce(row(row.fn.max('idx'), '+', row.lit(1)), row.lit(0)).as('idx'),
          row.val(toBase64url(entry)).as('entry'),
          row.val(toBase64url(leafHash(entry))).as('leaf'),
          row.val(services.now()).as('at'),
        ]),
    )
    .returning('idx')
    .executeTakeFirstOrThrow()
  return idx
}
