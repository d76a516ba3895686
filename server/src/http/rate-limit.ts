/** Fixed-window counters in memory: enough to slow guessing; the lock per offer is in the database (threats AU05). */
import { getConnInfo } from '@hono/node-server/conninfo'
import { fault } from '@onetrip/codec'
import type { MiddlewareHandler } from 'hono'

const MAX_KEYS = 50_000

/** How many requests a key may make in a window. */
export interface RateLimit {
  readonly requests: number
  readonly windowSeconds: number
}

/** Refuses what goes over the limit, counted by client address; throws `http/rate-limited`. */
export function limitByAddress(limit: RateLimit, now: () => number): MiddlewareHandler {
  let windowStart = 0
  let counts = new Map<string, number>()
  return async (context, next) => {
    const time = now()
    if (time - windowStart >= limit.windowSeconds || counts.size > MAX_KEYS) {
      windowStart = time
      counts = new Map()
    }
    const address = addressOf(context)
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    if (count > limit.requests) throw fault('http/rate-limited')
    await next()
  }
}

function addressOf(context: Parameters<typeof getConnInfo>[0]): string {
  // Without a socket (requests made in the process itself) there is one client.
  const hasSocket =
    typeof context.env === 'object' && context.env !== null && 'incoming' in context.env
  return hasSocket ? (getConnInfo(context).remote.address ?? '') : ''
}
