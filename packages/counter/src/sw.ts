/** The counter's service worker: the precached build, and the page for every navigation. */

import { type PrecacheEntry, startServiceWorker } from '@onetrip/ui/service-worker'

interface CounterWorkerScope {
  readonly __WB_MANIFEST: readonly PrecacheEntry[]
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  skipWaiting(): Promise<void>
}

declare const self: CounterWorkerScope

startServiceWorker(self, self.__WB_MANIFEST)
