/**
 * What a face's service worker does: serve the precached build, answer every navigation with the
 * page, and step aside when told. Nothing else is cached; trust data lives in IndexedDB.
 */

import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

/** One file of the build, as injectManifest lists it. */
export interface PrecacheEntry {
  readonly url: string
  readonly revision: string | null
}

interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  skipWaiting(): Promise<void>
}

/** Wires a service worker; pass `self` and `self.__WB_MANIFEST`. */
export function startServiceWorker(scope: WorkerScope, files: readonly PrecacheEntry[]): void {
  precacheAndRoute([...files])
  registerRoute(
    new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//] }),
  )
  scope.addEventListener('message', ({ data }) => {
    if (isSkipWaiting(data)) void scope.skipWaiting()
  })
}

function isSkipWaiting(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING'
}
