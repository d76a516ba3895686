/** Fixed-window counters in memory: enough to slow guessing; the lock per offer is in the database (threats AU05). */
import { getConnInfo } from '@hono/node-server/conninfo'
import { fault } from '@onetrip/codec'
import type { Context, MiddlewareHandler } from 'hono'
import type { Services } from '../services.ts'

const MAX_KEYS = 50_000

/** How many requests a key may make in a window. */
export interface RateLimit {
  readonly requests: number
  readonly windowSeconds: number
}

/** Refuses what goes over the limit, counted by client address; throws `http/rate-limited`. */
export function limitByAddress(
  services: Pick<Services, 'config' | 'now'>,
  limit: RateLimit,
): MiddlewareHandler {
  const { now, config } = services
  let windowStart = 0
  let counts = new Map<string, number>()
  return async (context, next) => {
    const time = now()
    if (time - windowStart >= limit.windowSeconds || counts.size > MAX_KEYS) {
      windowStart = time
      counts = new Map()
    }
    const address = addressOf(context, config.trustedProxies)
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    if (count > limit.requests) throw fault('http/rate-limited')
    await next()
  }
}

/** The client's address; behind a trusted proxy, the one that proxy saw: the last of its list (RFC 7239 §5.2). */
function addressOf(context: Context, trustedProxies: readonly string[]): string {
  // Without a socket (requests made in the process itself) there is one client.
  const hasSocket =
    typeof context.env === 'object' && context.env !== null && 'incoming' in context.env
  const address = hasSocket ? (getConnInfo(context).remote.address ?? '') : ''
  if (!trustedProxies.includes(address.replace(/^::ffff:/, ''))) return address
  return context.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() ?? address
}
