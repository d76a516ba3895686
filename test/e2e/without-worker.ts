/** Contexts without service workers, for who is about something else than a face that starts or goes on without a network. */
import type { BrowserContextOptions } from 'playwright-core'

/** A face then installs nothing: its precache, and the worker beside each page, take a third of what a first page takes. */
export const WITHOUT_WORKER: Pick<BrowserContextOptions, 'serviceWorkers'> = {
  serviceWorkers: 'block',
}
