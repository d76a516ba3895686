/**
 * Which origins may read answers (Fetch §3.2, no credentials) and which may change state. Ports are
 * not cookie boundaries, so nothing here depends on cookies.
 */

import { fault } from '@onetrip/codec'
import type { MiddlewareHandler } from 'hono'
import { isFromThisMachine } from './client-address.ts'

const PREFLIGHT_SECONDS = '600'
const LOCAL_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]']
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** Lets exactly `origins` read the answers below it; answers preflights itself. */
export function allowReading(origins: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('Origin')
    const isAllowed = origin !== undefined && origins.includes(origin)
    if (context.req.method === 'OPTIONS') {
      const preflight = new Response(null, { status: 204, headers: { Vary: 'Origin' } })
      if (!isAllowed) return preflight
      preflight.headers.set('Access-Control-Allow-Origin', origin)
      preflight.headers.set('Access-Control-Allow-Methods', 'GET, POST')
      preflight.headers.set('Access-Control-Allow-Headers', 'Authorization, Content-Type')
      preflight.headers.set('Access-Control-Max-Age', PREFLIGHT_SECONDS)
      return preflight
    }
    await next()
    context.res.headers.append('Vary', 'Origin')
    if (isAllowed) {
      context.res.headers.set('Access-Control-Allow-Origin', origin)
      context.res.headers.set('Access-Control-Expose-Headers', 'ETag, X-Request-Id')
    }
    return undefined
  }
}

/** Lets every page read, the same answer for all: a cache need not tell origins apart (Fetch §3.2.5). */
export function allowEveryone(): MiddlewareHandler {
  return async (context, next) => {
    await next()
    context.res.headers.set('Access-Control-Allow-Origin', '*')
    context.res.headers.set('Access-Control-Expose-Headers', 'Content-Location, ETag')
  }
}

/**
 * Answers only who asks from this machine, and for it by its own names: a name is said by whoever asks, from wherever. A page of a foreign name that is bound to 127.0.0.1
 * afterwards (DNS rebinding) is of the same origin to the browser, but the request still names the foreign host.
 */
export function onlyAtLocalhost(): MiddlewareHandler {
  return async (context, next) => {
    const host = (context.req.header('Host') ?? 'localhost').replace(/:[0-9]+$/, '')
    const isLocal = LOCAL_HOSTS.includes(host) && isFromThisMachine(context)
    if (!isLocal) throw fault('http/not-found')
    await next()
  }
}

/** Whether a request of this method may change something (RFC 9110 §9.2.1). */
export function isChange(method: string): boolean {
  return !SAFE_METHODS.includes(method)
}

/** Refuses a state-changing request that a page of any other origin sent; throws `http/origin`. */
export function changeOnlyFrom(origins: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('Origin')
    if (isChange(context.req.method) && origin !== undefined && !origins.includes(origin))
      throw fault('http/origin')
    await next()
  }
}
