/** Reports of what this wallet did not believe. */
import { createReportOutbox, type ReportOutbox } from '@onetrip/ui/reports'
import { settings } from './wallet-state.ts'

/** The reports of this wallet, sent since it was opened. */
export const reports: ReportOutbox = createReportOutbox({
  apiOrigin: settings.apiOrigin,
  http: (url, init) => fetch(url, init),
})
