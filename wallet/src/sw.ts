/** The wallet's service worker: the build from the precache, every navigation answered with the page; PDF comes later. */
import { type FaceWorkerScope, PDF_FILES, startServiceWorker } from '@onetrip/ui/service-worker'

declare const self: FaceWorkerScope

startServiceWorker(self, self.__WB_MANIFEST, PDF_FILES)
