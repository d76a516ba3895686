/** Reading the record's entries with their facts, the newest first: whose they are decides who may. */
import { fault } from '@onetrip/codec'
import { type Actor, assertAllowed, hasRight } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { integrate } from './integrate.ts'

/** Which entries are wanted. */
export interface EntryQuery {
  /** Entries below this index; left out, up to the newest. */
  readonly before?: number | undefined
  readonly limit: number
  /** `issuance`, `impression`, or what was done, such as `licence/status`. */
  readonly kind?: string | undefined
  /** USCC. */
  readonly agency?: string | undefined
  /** Id of a record, an actor or a key, or a digest (base64url). */
  readonly about?: string | undefined
  /** Unix seconds: entries from then on. */
  readonly since?: number | undefined
  /** Unix seconds: entries before then. */
  readonly until?: number | undefined
}

/** An entry as it is kept. */
export interface ReadEntry {
  readonly index: number
  readonly at: number
  /** base64url of CBOR */
  readonly entry: string
  /** Its hash, base64url, under which it is proven. */
  readonly leaf: string
  /** Of an act: what proves its facts, base64url of CBOR. */
  readonly opening: string | null
}

/** A page of entries; `next` is `before` of the one behind it. */
export interface EntryPage {
  /** Entries that are under a checkpoint. */
  readonly size: number
  readonly entries: readonly ReadEntry[]
  readonly next?: number
}

/**
 * The entries of the actor's organisation, its offices and seal makers; with the right `audit`, all. By a clock that was set back
 * entries of a time are not all found. Throws `auth/forbidden`, also for another's agency, `record/damaged`.
 */
export async function readEntries(
  services: Services,
  actor: Actor,
  query: EntryQuery,
): Promise<EntryPage> {
  const agency = agencyOf(actor, query.agency)
  const { size } = await integrate(services)
  const { storage } = services
  const { limit, since, until, about, kind } = query
  const from = since === undefined ? 0 : await firstAt(storage, since, size)
  const end = until === undefined ? size : await firstAt(storage, until, size)
  const words = [about, kind, agency].filter((word) => word !== undefined)
  const before = Math.min(end, query.before ?? size)
  const indices = await indicesOf(storage, words, { from, before, limit })
  const entries = await storage
    .selectFrom('log_entry')
    .leftJoin('log_fact', 'log_fact.idx', 'log_entry.idx')
    .select(['log_entry.idx as index', 'at', 'entry', 'leaf', 'opening'])
    .where('log_entry.idx', 'in', indices)
    .orderBy('log_entry.idx', 'desc')
    .execute()
  const last = entries.at(-1)
  const isFull = entries.length === limit && last !== undefined && last.index > from
  return { size, entries, ...(isFull ? { next: last.index } : {}) }
}

function agencyOf(actor: Actor, wanted: string | undefined): string | undefined {
  if (hasRight(actor, 'audit')) return wanted
  assertAllowed(actor, 'read-log')
  const agency = wanted ?? actor.agencyId
  if (![actor.agencyId, ...actor.offices, ...actor.sealMakers].includes(agency)) {
    throw fault('auth/forbidden')
  }
  return agency
}

interface Range {
  readonly from: number
  readonly before: number
  readonly limit: number
}

/** Of the words the first is looked up, the others are looked for there: the rarest comes first. */
async function indicesOf(
  reader: StorageReader,
  words: readonly string[],
  { from, before, limit }: Range,
): Promise<readonly number[]> {
  const [first, ...others] = words
  if (first === undefined) {
    const lowest = Math.max(from, before - limit)
    return Array.from({ length: Math.max(0, before - lowest) }, (_, at) => lowest + at)
  }
  let query = reader
    .selectFrom('log_word')
    .select('log_word.idx')
    .where('log_word.word', '=', first)
    .where('log_word.idx', '>=', from)
    .where('log_word.idx', '<', before)
    .orderBy('log_word.idx', 'desc')
    .limit(limit)
  for (const word of others) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('log_word as other')
          .select('other.idx')
          .where('other.word', '=', word)
          .whereRef('other.idx', '=', 'log_word.idx'),
      ),
    )
  }
  return (await query.execute()).map(({ idx }) => idx)
}

/** The first index whose entry is of this time or later, by halving: times stand in order. */
async function firstAt(reader: StorageReader, time: number, size: number): Promise<number> {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const { at } = await reader
      .selectFrom('log_entry')
      .select('at')
      .where('idx', '=', middle)
      .executeTakeFirstOrThrow()
    if (at < time) low = middle + 1
    else high = middle
  }
  return low
}
