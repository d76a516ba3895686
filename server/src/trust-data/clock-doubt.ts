/**
 * This server's clock, held against what it published last. Published times only rise, and verifiers take them for a floor of
 * their clocks: what a clock far ahead has dated stands in the way of everything after it.
 */
import { type ErrorCode, fault } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'

const DAY_SECONDS = 86_400
/**
 * So long may a server have stood still without being asked about it: as long as snapshot and status roles live. Whatever it
 * published has run out by then, so somebody is at hand who knows the date.
 */
const MAX_STANDSTILL_SECONDS = 7 * DAY_SECONDS
/** As far as verifiers let their clocks stand behind what is published. */
const BEHIND_TOLERANCE_SECONDS = 60
const AHEAD =
  'the clock is more than 7 days after what was published last: set it right, or say today’s date in ONETRIP_CLOCK_CONFIRMED'

/** How the clock contradicts what is published. */
export interface ClockDoubt {
  /** `clock/ahead`: it may publish nothing; `clock/rolled-back`: what is published is dated ahead of it. */
  readonly code: Extract<ErrorCode, 'clock/ahead' | 'clock/rolled-back'>
  /** By how much. */
  readonly seconds: number
}

/** What there is to say against the clock; undefined where there is nothing. */
export async function clockDoubt(services: Services): Promise<ClockDoubt | undefined> {
  const now = services.now()
  const publishedAt = await timestampSignedAt(services.storage)
  if (isTooFar(services, { now, publishedAt })) {
    return { code: 'clock/ahead', seconds: now - publishedAt }
  }
  const seconds = Math.max(publishedAt, await newestListAt(services.storage)) - now
  return seconds > BEHIND_TOLERANCE_SECONDS ? { code: 'clock/rolled-back', seconds } : undefined
}

/**
 * Throws `clock/ahead` where nothing may be dated by the clock: it is more than {@link MAX_STANDSTILL_SECONDS} after the newest
 * timestamp, and nobody has confirmed the day. A demonstration stands still for months, and ends with its folder.
 */
export async function assertClockNotAhead(services: Services): Promise<void> {
  if (services.config.mode === 'demo') return
  const publishedAt = await timestampSignedAt(services.storage)
  if (isTooFar(services, { now: services.now(), publishedAt })) throw fault('clock/ahead', AHEAD)
}

function isTooFar(
  { config }: Pick<Services, 'config'>,
  { now, publishedAt }: { readonly now: number; readonly publishedAt: number },
): boolean {
  // Nothing is published yet, or its keys were replaced because of its time.
  if (config.mode === 'demo' || publishedAt === 0) return false
  if (now - publishedAt <= MAX_STANDSTILL_SECONDS) return false
  const day = config.clockConfirmedDay
  // The day of whoever said so, wherever they live; a variable that is left behind confirms no other day.
  return day === undefined || now < day - DAY_SECONDS || now >= day + 2 * DAY_SECONDS
}

/** 0 where there is none, or where it was signed by a key that is no longer named. */
async function timestampSignedAt(reader: StorageReader): Promise<number> {
  const row = await reader
    .selectFrom('tuf_metadata')
    .select('signed_at')
    .where('role', '=', 'timestamp')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.signed_at ?? 0
}

async function newestListAt(reader: StorageReader): Promise<number> {
  const row = await reader
    .selectFrom('published_status')
    .select(({ fn }) => fn.max('issued_at').as('at'))
    .executeTakeFirst()
  // PostgreSQL answers null where there is no row.
  return Number(row?.at ?? 0)
}
