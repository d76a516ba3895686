/** Fixed-window counters in memory: enough to slow guessing; the lock per offer is in the database (case AU05). */
import { fault } from '@onetrip/codec'
import type { MiddlewareHandler } from 'hono'
import type { Services } from '../services.ts'
import { clientOf } from './client-address.ts'

const MAX_WINDOWS = 50_000

/** How many times something may be done in a window. */
export interface RateLimit {
  readonly requests: number
  readonly windowSeconds: number
}

/** Counts by name, each in a window of its own that begins with its first count. */
export interface RateCounter {
  /** Counts once more; throws `http/rate-limited` when that is over the limit. */
  readonly count: (name: string) => void
  /** Throws `http/rate-limited` when the limit is reached; counts nothing. */
  readonly assertFree: (name: string) => void
}

interface Window {
  readonly start: number
  readonly count: number
}

/** Makes a counter of at most `maxWindows` names; of more, those whose windows are oldest are forgotten. */
export function rateCounter(
  now: () => number,
  limit: RateLimit,
  maxWindows: number = MAX_WINDOWS,
): RateCounter {
  // In the order in which the windows began.
  const windows = new Map<string, Window>()
  const current = (name: string): Window | undefined => {
    const window = windows.get(name)
    return window !== undefined && now() - window.start < limit.windowSeconds ? window : undefined
  }
  return {
    count: (name) => {
      const window = current(name)
      if (window === undefined) {
        windows.delete(name)
        for (const oldest of windows.keys()) {
          if (windows.size < maxWindows) break
          windows.delete(oldest)
        }
      }
      const count = (window?.count ?? 0) + 1
      windows.set(name, { start: window?.start ?? now(), count })
      if (count > limit.requests) throw fault('http/rate-limited')
    },
    assertFree: (name) => {
      if ((current(name)?.count ?? 0) >= limit.requests) throw fault('http/rate-limited')
    },
  }
}

/** Refuses what goes over the limit, counted by client; throws `http/rate-limited`. */
export function limitByAddress(
  services: Pick<Services, 'config' | 'now'>,
  limit: RateLimit,
): MiddlewareHandler {
  const counter = rateCounter(services.now, limit)
  return async (context, next) => {
    counter.count(clientOf(context, services.config.trustedProxies))
    await next()
  }
}
