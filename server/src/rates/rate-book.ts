/**
 * How often what was done, in memory, so that counting costs a request nothing; `keep-rates.ts` adds it to the database each second and
 * brings what other servers counted. Who is counted is known by an HMAC only.
 */
import { createHmac } from 'node:crypto'
import { Fault } from '@onetrip/codec'
import { RATE_LIMITS, type RateLimit, type RateName } from './rate-limits.ts'

const MAX_NAMES = 50_000
const NAME_BYTES = 16

/** Counts of one limit, each name by itself. */
export interface RateCounter {
  /** Counts once more; throws {@link RateFault} when that is over the limit. */
  readonly count: (name: string) => void
  /** Throws {@link RateFault} when the limit is reached; counts nothing. */
  readonly assertFree: (name: string) => void
}

/** `http/rate-limited`, and when the window ends. */
export class RateFault extends Fault {
  /** Whole seconds from now, 1 at least. */
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super('http/rate-limited')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What was counted of a name in a window, as the database keeps it. */
export interface RateRow {
  /** HMAC over limit and name, base64url. */
  readonly name: string
  /** Unix seconds. */
  readonly window_start: number
  readonly ends_at: number
  readonly count: number
}

/** All counters of a process. */
export interface RateBook {
  readonly counter: (
    limit: RateName,
    other?: Pick<RateLimit, 'requests' | 'windowSeconds'>,
  ) => RateCounter
  /** What was counted here and is in no database yet, most often done first; at most `max` rows. */
  readonly unsaved: (max: number) => readonly RateRow[]
  /** `saved` is in the database; `totals` are its counts then, of all servers together. */
  readonly merge: (saved: readonly RateRow[], totals: readonly RateRow[]) => void
  /** Names that are known, and refusals since the start by limit. */
  readonly counts: () => {
    readonly names: number
    readonly refused: ReadonlyMap<RateName, number>
  }
}

interface Counted {
  readonly windowStart: number
  readonly endsAt: number
  /** With what is not saved. */
  count: number
  unsaved: number
}

/** Makes an empty one of at most `maxNames`; of more, those that were not seen for longest are forgotten. */
export function rateBook(options: {
  readonly now: () => number
  /** 32 bytes. */
  readonly secret: Uint8Array
  readonly maxNames?: number
}): RateBook {
  const { now, secret, maxNames = MAX_NAMES } = options
  // In the order in which they were seen last.
  const counted = new Map<string, Counted>()
  const dirty = new Set<string>()
  const refused = new Map<RateName, number>()
  const put = (key: string, entry: Counted): void => {
    counted.delete(key)
    for (const oldest of counted.keys()) {
      if (counted.size < maxNames) break
      counted.delete(oldest)
      dirty.delete(oldest)
    }
    counted.set(key, entry)
  }
  return {
    counter: (limit, { requests, windowSeconds } = RATE_LIMITS[limit]) => {
      const keyOf = (name: string): string =>
        createHmac('sha256', secret)
          .update(`${limit}\0${name}`)
          .digest()
          .toString('base64url', 0, NAME_BYTES)
      const current = (key: string): Counted | undefined => {
        const entry = counted.get(key)
        return entry?.windowStart === startOf(now(), windowSeconds) ? entry : undefined
      }
      const refuse = (entry: Counted): never => {
        refused.set(limit, (refused.get(limit) ?? 0) + 1)
        throw new RateFault(Math.max(1, entry.endsAt - now()))
      }
      return {
        count: (name) => {
          const key = keyOf(name)
          const windowStart = startOf(now(), windowSeconds)
          const entry = current(key) ?? {
            windowStart,
            endsAt: windowStart + windowSeconds,
            count: 0,
            unsaved: 0,
          }
          entry.count += 1
          entry.unsaved += 1
          put(key, entry)
          dirty.add(key)
          if (entry.count > requests) refuse(entry)
        },
        assertFree: (name) => {
          const entry = current(keyOf(name))
          if (entry !== undefined && entry.count >= requests) refuse(entry)
        },
      }
    },
    unsaved: (max) =>
      Array.from(dirty, (key) => rowOf(key, counted.get(key)))
        .filter((row) => row.count > 0)
        .sort((one, other) => other.count - one.count)
        .slice(0, max),
    merge: (saved, totals) => {
      for (const row of saved) {
        const entry = counted.get(row.name)
        if (entry?.windowStart !== row.window_start) continue
        entry.unsaved -= row.count
        if (entry.unsaved <= 0) dirty.delete(row.name)
      }
      for (const row of totals) {
        const entry = counted.get(row.name)
        if (entry?.windowStart === row.window_start) entry.count = row.count + entry.unsaved
        else if (entry === undefined) {
          const { window_start: windowStart, ends_at: endsAt, count } = row
          put(row.name, { windowStart, endsAt, count, unsaved: 0 })
        }
      }
    },
    counts: () => ({ names: counted.size, refused }),
  }
}

function startOf(now: number, windowSeconds: number): number {
  return now - (now % windowSeconds)
}

function rowOf(name: string, entry: Counted | undefined): RateRow {
  const { windowStart = 0, endsAt = 0, unsaved = 0 } = entry ?? {}
  return { name, window_start: windowStart, ends_at: endsAt, count: unsaved }
}
