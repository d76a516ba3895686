/** Contexts without service workers, for who is about something else than a face that starts or goes on without a network. */
import type { BrowserContextOptions } from 'playwright-core'

/** A face then installs nothing: its precache, and the worker beside each page, take a third of what a first page takes. */
export const WITHOUT_WORKER: Pick<BrowserContextOptions, 'serviceWorkers'> = {
  serviceWorkers: 'block',
}

/** A citizen's phone. */
export const PHONE: BrowserContextOptions = {
  ...WITHOUT_WORKER,
  viewport: { width: 390, height: 844 },
  locale: 'zh-CN',
}

/** The computer at an office's window. */
export const DESK: BrowserContextOptions = {
  ...WITHOUT_WORKER,
  viewport: { width: 1280, height: 800 },
  locale: 'zh-CN',
}
