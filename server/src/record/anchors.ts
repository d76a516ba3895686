/**
 * The checkpoints that are published with the trust data, so that a receipt under one of them is known to be of the history that
 * everybody sees: few, spread over the log's life, and the same for all.
 */
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { newestCosigned, witnessKeys } from './cosigned-note.ts'

const DAY_SECONDS = 86_400
/** Of each of these days the first checkpoint is kept; of older ones the first of each month. */
const DAYS = 40

/**
 * The checkpoints to publish, ascending by size: of those that enough witnesses cosigned the first of each UTC day for 40 days, of
 * each month for ever, and the newest.
 */
export async function anchors(services: Services): Promise<readonly LogCheckpointTable[]> {
  const newest = await newestCosigned(services)
  if (newest === undefined) return []
  const spans = [...daysBefore(services.now()), ...monthsSince(await beginOf(services), newest.at)]
  const found = new Map([[newest.size, newest]])
  for (const span of spans) {
    const first = await firstWithin(services, span)
    if (first !== undefined) found.set(first.size, first)
  }
  return [...found.values()].sort((one, other) => one.size - other.size)
}

/**
 * How many entries stood in the last checkpoint that was signed at or before a time (Unix seconds): what is below was issued by then,
 * whatever it says of itself.
 */
export async function lengthAt(storage: StorageReader, at: number): Promise<number> {
  const row = await storage
    .selectFrom('log_checkpoint')
    .select('size')
    .where('at', '<=', at)
    .orderBy('at', 'desc')
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.size ?? 0
}

/** When the log's first checkpoint was signed; now, where there is none. */
export async function beginOf({ storage, now }: Services): Promise<number> {
  const row = await storage
    .selectFrom('log_checkpoint')
    .select('at')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? now()
}

/** From `from` up to, without, `to`; Unix seconds. */
interface Span {
  readonly from: number
  readonly to: number
}

/** Of the checkpoints of a span that the quorum cosigned the first. */
function firstWithin(
  { storage, config }: Services,
  { from, to }: Span,
): Promise<LogCheckpointTable | undefined> {
  const within = storage
    .selectFrom('log_checkpoint')
    .selectAll()
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .orderBy('size')
    .limit(1)
  const { witnessQuorum: quorum } = config
  if (quorum === 0) return within.executeTakeFirst()
  return within
    .where((row) =>
      row(
        row
          .selectFrom('log_cosignature')
          .select((columns) => columns.fn.countAll<number>().as('count'))
          .whereRef('log_cosignature.size', '=', 'log_checkpoint.size')
          .where('witness', 'in', witnessKeys(config)),
        '>=',
        quorum,
      ),
    )
    .executeTakeFirst()
}

function daysBefore(now: number): readonly Span[] {
  const today = now - (now % DAY_SECONDS)
  return Array.from({ length: DAYS }, (_, ago) => {
    const from = today - ago * DAY_SECONDS
    return { from, to: from + DAY_SECONDS }
  })
}

function monthsSince(first: number, last: number): readonly Span[] {
  const begin = new Date(first * 1000)
  const startOf = (month: number): number =>
    Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + month) / 1000
  const months: Span[] = []
  for (let month = 0; startOf(month) <= last; month += 1) {
    months.push({ from: startOf(month), to: startOf(month + 1) })
  }
  return months
}
