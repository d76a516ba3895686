/**
 * Entries that a restored server took over from its published log (`server/restore`): what opened them is gone with the database that was lost, and
 * the act that names them proves that nobody else took openings away.
 */
import { fromBase64url } from '@onetrip/codec'
import { parseEntry, type Range, readOpening } from '@onetrip/log'
import type { StorageReader } from '../storage/database.ts'

/** The act that takes them over. */
export const RESTORE_ACT = 'server/restore'

/** Ranges of entries without openings; each end stands before the act that names it. */
export async function replayedRanges(reader: StorageReader): Promise<readonly Range[]> {
  const rows = await reader
    .selectFrom('log_word')
    .innerJoin('log_entry', 'log_entry.idx', 'log_word.idx')
    .innerJoin('log_fact', 'log_fact.idx', 'log_word.idx')
    .select(['log_word.idx', 'entry', 'opening'])
    .where('word', '=', RESTORE_ACT)
    .orderBy('log_word.idx')
    .execute()
  return rows.flatMap(({ idx, entry, opening }) => {
    const act = parseEntry(fromBase64url(entry))
    if (act.kind !== 'act' || act.act !== RESTORE_ACT) return []
    const facts = readOpening(fromBase64url(opening))
    const [start, end] = [Number(facts.get('from')), Number(facts.get('size'))]
    return end <= idx ? [{ start, end }] : []
  })
}
