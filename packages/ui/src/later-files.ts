/**
 * Files of a build that few people need: the service worker fetches them when they are first wanted, or when the page says
 * that there is time for it, and keeps them from then on, so that they work offline without being part of every install.
 */

import { registerRoute } from 'workbox-routing'

interface WaitingEvent {
  waitUntil(work: Promise<unknown>): void
}

/** What of a service worker's scope is used. */
export interface LaterScope {
  addEventListener(
    type: 'activate' | 'message',
    listener: (event: WaitingEvent & { readonly data?: unknown }) => void,
  ): void
}

const CACHE = 'onetrip-later'

/** Wires these files; `urls` are relative to the service worker, and their names change with their content. */
export function serveLater(scope: LaterScope, urls: readonly string[]): void {
  const known = new Set(urls.map((url) => new URL(url, location.href).href))
  registerRoute(
    ({ url }) => known.has(url.href),
    ({ url }) => keptOrFetched(url.href),
  )
  scope.addEventListener('activate', (event) => event.waitUntil(forgetOthers(known)))
  scope.addEventListener('message', (event) => {
    if (isFetchLater(event.data)) event.waitUntil(fetchAll(known))
  })
}

async function keptOrFetched(url: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(url)
  if (kept !== undefined) return kept
  const response = await fetch(url)
  // On a full disk it is fetched again next time.
  if (response.ok) await cache.put(url, response.clone()).catch(() => undefined)
  return response
}

/** Earlier builds' files have no names in this one. */
async function forgetOthers(known: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(CACHE)
  const kept = await cache.keys()
  await Promise.all(kept.filter(({ url }) => !known.has(url)).map(({ url }) => cache.delete(url)))
}

/** One after the other: it is nobody's hurry. Without a network the rest waits for the next start. */
async function fetchAll(known: ReadonlySet<string>): Promise<void> {
  for (const url of known) await keptOrFetched(url)
}

function isFetchLater(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'FETCH_LATER'
}
