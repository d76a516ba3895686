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
import type { ActFacts } from './fact-names.ts'

/** Entries whose rows are added by one statement: their words have far fewer parameters than databases take. */
const ROWS = 512

/** What somebody did. */
export interface Act {
  /** Such as `licence/status`: what was acted on, and how. */
  readonly act: string
  /** In whose name (a USCC). */
  readonly agency?: string
  /** Who (an actor's id); absent for the server itself. */
  readonly actor?: string
  /** What more there is to know, never in the open; a fact that is undefined is left out. */
  readonly facts?: ActFacts
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
  const facts = { ...act.facts, digest: toBase64url(entry.digest) }
  const done = entryOfAct(services, { ...act, facts }, at)
  await append(services, transaction, [{ entry, at, facts: new Map() }, done])
}

/** Records what was done; who did it and the facts are committed to, and kept beside. */
export function recordAct(
  services: Services,
  transaction: StorageTransaction,
  act: Act,
): Promise<number> {
  return recordActs(services, transaction, [act])
}

/** Records several acts of one second, in order, for less than one after the other. Returns the index of the first. */
export function recordActs(
  services: Services,
  transaction: StorageTransaction,
  acts: readonly Act[],
): Promise<number> {
  const at = services.now()
  const added = acts.map((act) => entryOfAct(services, act, at))
  return append(services, transaction, added)
}

interface Added {
  readonly entry: LogEntry
  /** Unix seconds. */
  readonly at: number
  readonly facts: ReadonlyMap<string, Fact>
  /** Of an act: what opens its commitment. */
  readonly opening?: Uint8Array
}

function entryOfAct(
  services: Services,
  { act, agency, actor, facts = {} }: Act,
  at: number,
): Added {
  const known = new Map<string, Fact>()
  for (const [name, fact] of Object.entries({ actor, ...facts })) {
    if (fact !== undefined && fact !== null) known.set(name, fact)
  }
  const { commitment, opening } = commitTo(Object.fromEntries(known), services.random(SALT_BYTES))
  const named = agency === undefined ? {} : { agency }
  const entry: LogEntry = { kind: 'act', act, at, ...named, commitment }
  return { entry, at, facts: known, opening }
}

/** Adds entries behind the last one, some at a time: each kind of row by one statement. Returns the index of the first. */
async function append(
  services: Services,
  transaction: StorageTransaction,
  added: readonly Added[],
): Promise<number> {
  const first = await recordLength(transaction)
  for (let from = 0; from < added.length; from += ROWS) {
    const part = added.slice(from, from + ROWS)
    await appendRows(services, transaction, { added: part, first: first + from })
  }
  return first
}

async function appendRows(
  services: Services,
  transaction: StorageTransaction,
  { added, first }: { readonly added: readonly Added[]; readonly first: number },
): Promise<void> {
  const rows = added.map(({ entry, at }, place) => {
    const bytes = encodeEntry(entry)
    const leaf = toBase64url(leafHash(bytes))
    return { idx: first + place, entry: toBase64url(bytes), leaf, at }
  })
  const words = added.flatMap(({ entry, facts }, place) =>
    wordsOf(entry, facts).map((word) => ({ word, idx: first + place })),
  )
  const openings = added.flatMap(({ opening }, place) =>
    opening === undefined ? [] : [{ idx: first + place, opening: toBase64url(opening) }],
  )
  await transaction.insertInto('log_entry').values(rows).execute()
  await transaction.insertInto('log_word').values(words).execute()
  failpoint(services.config, 'record/before-facts')
  if (openings.length > 0) await transaction.insertInto('log_fact').values(openings).execute()
  failpoint(services.config, 'record/after-append')
}
