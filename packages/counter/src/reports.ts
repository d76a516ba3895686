/** Reports of what this counter did not believe. */
import { createReportOutbox, type ReportOutbox } from '@onetrip/ui/reports'
import { face } from './counter-state.ts'

/** The reports of this counter, sent since it was opened. */
export const reports: ReportOutbox = createReportOutbox({
  apiOrigin: face.apiOrigin,
  http: (url, init) => fetch(url, init),
})
