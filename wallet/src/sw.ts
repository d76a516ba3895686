/** The wallet's service worker: the build from the precache, every navigation answered with the page. */
import { type PrecacheEntry, startServiceWorker } from '@onetrip/ui/service-worker'

interface WorkerScope extends Pick<typeof globalThis, 'addEventListener'> {
  skipWaiting(): Promise<void>
  readonly __WB_MANIFEST: readonly PrecacheEntry[]
}

declare const self: WorkerScope

startServiceWorker(self, self.__WB_MANIFEST)
