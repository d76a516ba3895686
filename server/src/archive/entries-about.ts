/** The log's entries about some records, with those of what was signed, which name no record themselves. */
import type { PackedEntry } from '@onetrip/archive'
import { fromBase64url } from '@onetrip/codec'
import { parseEntry } from '@onetrip/log'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'

/** As many as a package may keep; the oldest ones stay in the log alone. */
const MAX_ENTRIES = 2_048
/** What is right behind the entry of a credential or of a seal's use. */
const SIGNING_ACTS: ReadonlySet<string> = new Set(['credential/issue', 'seal-use/seal'])

/** Entries in the order of their indices. */
export async function entriesAbout(
  { storage }: Pick<Services, 'storage'>,
  records: readonly string[],
): Promise<readonly PackedEntry[]> {
  const found = await storage
    .selectFrom('log_word')
    .select('idx')
    .distinct()
    .where('word', 'in', records)
    .orderBy('idx', 'desc')
    .limit(MAX_ENTRIES / 2)
    .execute()
  const acts = await readEntries(
    storage,
    found.map(({ idx }) => idx),
  )
  const signed = await readEntries(
    storage,
    acts.filter(isSigning).map(({ index }) => index - 1),
  )
  return [...acts, ...signed].sort((one, other) => one.index - other.index)
}

/** Reads entries by their indices. */
export async function readEntries(
  reader: StorageReader,
  indices: readonly number[],
): Promise<readonly PackedEntry[]> {
  if (indices.length === 0) return []
  const rows = await reader
    .selectFrom('log_entry')
    .leftJoin('log_fact', 'log_fact.idx', 'log_entry.idx')
    .select(['log_entry.idx as index', 'entry', 'opening'])
    .where('log_entry.idx', 'in', indices)
    .execute()
  return rows.map(({ index, entry, opening }) => ({
    index,
    entry: fromBase64url(entry),
    ...(opening === null ? {} : { opening: fromBase64url(opening) }),
  }))
}

function isSigning({ index, entry }: PackedEntry): boolean {
  const read = parseEntry(entry)
  return index > 0 && read.kind === 'act' && SIGNING_ACTS.has(read.act)
}
