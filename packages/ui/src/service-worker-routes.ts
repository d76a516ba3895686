/**
 * What a face's service worker does: serve the precached build, answer every navigation with the
 * page, keep what is fetched later, and step aside when told. Nothing else is cached; trust data lives in IndexedDB.
 */

import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { type LaterScope, serveLater } from './later-files.ts'

/** One file of the build, as injectManifest lists it. */
export interface PrecacheEntry {
  readonly url: string
  readonly revision: string | null
}

/** What of a service worker's scope is used. */
export interface FaceWorkerScope extends LaterScope {
  readonly __WB_MANIFEST: readonly PrecacheEntry[]
  skipWaiting(): Promise<void>
}

/** What PDF is read with: the worker, decoders of pictures, tables of characters; 0.8 MB compressed, half of a face. */
export const PDF_FILES: RegExp = /^assets\/(pdf-worker|jbig2|openjpeg)-|\.bcmap$/

/** Wires a service worker; `files` is its manifest, and what matches `later` is not part of the install. */
export function startServiceWorker(
  scope: Omit<FaceWorkerScope, '__WB_MANIFEST'>,
  files: readonly PrecacheEntry[],
  later?: RegExp,
): void {
  const isLater = ({ url }: PrecacheEntry): boolean => later?.test(url) ?? false
  precacheAndRoute(files.filter((file) => !isLater(file)))
  serveLater(
    scope,
    files.filter(isLater).map(({ url }) => url),
  )
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
