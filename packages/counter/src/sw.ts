/** The counter's service worker: the precached build, and the page for every navigation. */

import { type FaceWorkerScope, startServiceWorker } from '@onetrip/ui/service-worker'

declare const self: FaceWorkerScope

startServiceWorker(self, self.__WB_MANIFEST)
