/** One entry of the record against all its rows say of it: its bytes, leaf, time, opening and words. */
import { equalBytes, Fault, fromBase64url, sha256, toBase64url } from '@onetrip/codec'
import {
  type Fact,
  type LogEntry,
  leafHash,
  parseEntry,
  type Range,
  readOpening,
} from '@onetrip/log'
import type { LogEntryTable } from '../storage/record-schema.ts'
import type { RecordFault } from './audit.ts'
import { wordsOf } from './entry-words.ts'

/** An entry's row with what stands beside it. */
export interface StoredEntry extends LogEntryTable {
  readonly opening: string | null
  /** In order. */
  readonly words: readonly string[]
}

/** What of an entry has no time of its own: the act that it came from stands right behind it. */
interface Awaited {
  readonly place: number
  readonly digest: string
  readonly at: number
}

/**
 * Checks entries in order, each against the one before; the first thing that does not fit, or nothing. Those in `unopened` may have lost
 * what opens them.
 */
export function entryAuditor(
  unopened: readonly Range[],
): (row: StoredEntry, due: number) => RecordFault | undefined {
  let awaited: Awaited | undefined
  return (row, due) => {
    const isUnopened =
      row.opening === null && unopened.some(({ start, end }) => due >= start && due < end)
    const read = readStored(row, { due, isUnopened })
    if ('table' in read) return read
    if (isUnopened) {
      awaited = undefined
      return undefined
    }
    const { entry, facts } = read
    const before = awaited
    awaited =
      entry.kind === 'act'
        ? undefined
        : { place: due, digest: toBase64url(entry.digest), at: row.at }
    if (before === undefined) return undefined
    const isIts = facts.get('digest') === before.digest && row.at === before.at
    return isIts ? undefined : { table: 'log_entry', place: before.place }
  }
}

interface ReadEntry {
  readonly entry: LogEntry
  readonly facts: ReadonlyMap<string, Fact>
}

function readStored(
  row: StoredEntry,
  { due, isUnopened }: { readonly due: number; readonly isUnopened: boolean },
): ReadEntry | RecordFault {
  const { idx, at, opening, words } = row
  const bad = { table: 'log_entry', place: due } as const
  const entry = idx === due ? entryIn(row) : undefined
  if (entry === undefined || (entry.kind === 'act' && entry.at !== at)) return bad
  const hasFacts = entry.kind === 'act' && !isUnopened
  const facts = hasFacts ? factsIn(opening, entry.commitment) : new Map()
  if (facts === undefined || (entry.kind !== 'act' && opening !== null)) {
    return { ...bad, table: 'log_fact' }
  }
  const isFound = wordsOf(entry, facts).join('\n') === words.join('\n')
  return isFound ? { entry, facts } : { ...bad, table: 'log_word' }
}

function entryIn({ entry, leaf }: StoredEntry): LogEntry | undefined {
  try {
    const bytes = fromBase64url(entry)
    return equalBytes(leafHash(bytes), fromBase64url(leaf)) ? parseEntry(bytes) : undefined
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** The facts that a commitment holds; undefined for an opening that is not its. */
export function factsIn(
  opening: string | null,
  commitment: Uint8Array,
): ReadonlyMap<string, Fact> | undefined {
  if (opening === null) return undefined
  try {
    const bytes = fromBase64url(opening)
    return equalBytes(sha256(bytes), commitment) ? readOpening(bytes) : undefined
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
