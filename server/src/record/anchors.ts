/**
 * The checkpoints that are published with the trust data, so that a receipt under one of them is known to be of the history that
 * everybody sees: few, spread over the log's life, and the same for all.
 */
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { newestCosigned, witnessKeys } from './cosigned-note.ts'

/** What sizes are read with. */
type Reading = Pick<Services, 'storage' | 'config'>

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
 * How many entries surely stood in the log at a time (Unix seconds): what is below was issued by then, whatever it says of itself. By
 * what the quorum of witnesses had seen by their own clocks, where they had seen anything; else by this server's.
 */
export async function lengthAt(services: Reading, at: number): Promise<number> {
  return (await witnessedAt(services, at)) ?? (await signedAt(services.storage, at))
}

/** The largest size that as many witnesses as the quorum had cosigned, or more, as a smaller size is a beginning of it. */
async function witnessedAt({ storage, config }: Reading, at: number): Promise<number | undefined> {
  const { witnessQuorum: quorum } = config
  if (quorum === 0) return undefined
  const sizes: number[] = []
  for (const witness of witnessKeys(config)) {
    const seen = await storage
      .selectFrom('log_cosignature')
      .select('size')
      .where('witness', '=', witness)
      .where('at', '<=', at)
      .orderBy('at', 'desc')
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (seen !== undefined) sizes.push(seen.size)
  }
  return sizes.sort((one, other) => other - one)[quorum - 1]
}

/**
 * The size of the last checkpoint before the first that says a later time: one that says an earlier time than one before it was
 * signed by a clock that was set back, and counts as little as one behind a clock that had run ahead.
 */
async function signedAt(storage: StorageReader, at: number): Promise<number> {
  const known = await storage
    .selectFrom('log_checkpoint')
    .select('latest_at')
    .where('latest_at', '<=', at)
    .orderBy('latest_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (known === undefined) return 0
  const last = await storage
    .selectFrom('log_checkpoint')
    .select('size')
    .where('at', '=', known.latest_at)
    // Among the few of that second; the sum keeps SQLite from walking all that a clock behind it has signed.
    .where((row) => row(row('latest_at', '+', row.lit(0)), '=', known.latest_at))
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.size ?? 0
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
