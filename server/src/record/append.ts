/**
 * Adding to the record: in the transaction of what it records, so that there is no act without its entry and no entry without its
 * act. The index is the next one; as one transaction writes at a time, there are no gaps.
 */
import { toBase64url } from '@onetrip/codec'
import {
  commitTo,
  encodeEntry,
  type Fact,
  type ImpressionEntry,
  type IssuanceEntry,
  type LogEntry,
  leafHash,
  SALT_BYTES,
} from '@onetrip/log'
import { failpoint } from '../failpoint.ts'
import type { Services } from '../services.ts'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'
import { wordsOf } from './entry-words.ts'

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

/**
 * Records a credential or the use of a seal, and right behind it, at the same second, the act that it comes from, whose facts
 * name its digest: the entry itself follows from the thing and has no place for them.
 */
export async function recordIssued(
  services: Services,
  transaction: StorageTransaction,
  { entry, act }: { readonly entry: IssuanceEntry | ImpressionEntry; readonly act: Act },
): Promise<void> {
  const at = services.now()
  await append(services, transaction, { entry, at, facts: new Map() })
  const facts = { ...act.facts, digest: toBase64url(entry.digest) }
  await appendAct(services, transaction, { act: { ...act, facts }, at })
}

/** Records what was done; who did it and the facts are committed to, and kept beside. Returns the entry's index. */
export function recordAct(
  services: Services,
  transaction: StorageTransaction,
  act: Act,
): Promise<number> {
  return appendAct(services, transaction, { act, at: services.now() })
}

async function appendAct(
  services: Services,
  transaction: StorageTransaction,
  { act: { act, agency, actor, facts = {} }, at }: { readonly act: Act; readonly at: number },
): Promise<number> {
  const known = new Map<string, Fact>()
  for (const [name, fact] of Object.entries({ actor, ...facts })) {
    if (fact !== undefined && fact !== null) known.set(name, fact)
  }
  const { commitment, opening } = commitTo(Object.fromEntries(known), services.random(SALT_BYTES))
  const entry: LogEntry = {
    kind: 'act',
    act,
    at,
    ...(agency === undefined ? {} : { agency }),
    commitment,
  }
  const idx = await append(services, transaction, { entry, at, facts: known })
  const row = { idx, opening: toBase64url(opening) }
  await transaction.insertInto('log_fact').values(row).execute()
  failpoint(services.config, 'record/after-append')
  return idx
}

async function append(
  services: Services,
  transaction: StorageTransaction,
  added: {
    readonly entry: LogEntry
    readonly at: number
    readonly facts: ReadonlyMap<string, Fact>
  },
): Promise<number> {
  const bytes = encodeEntry(added.entry)
  const { idx } = await transaction
    .insertInto('log_entry')
    .columns(['idx', 'entry', 'leaf', 'at'])
    .expression((query) =>
      query
        .selectFrom('log_entry')
        .select((row) => [
          row.fn.coalesce(row(row.fn.max('idx'), '+', row.lit(1)), row.lit(0)).as('idx'),
          row.val(toBase64url(bytes)).as('entry'),
          row.val(toBase64url(leafHash(bytes))).as('leaf'),
          row.val(added.at).as('at'),
        ]),
    )
    .returning('idx')
    .executeTakeFirstOrThrow()
  const words = wordsOf(added.entry, added.facts).map((word) => ({ word, idx }))
  await transaction.insertInto('log_word').values(words).execute()
  failpoint(services.config, 'record/before-facts')
  return idx
}
