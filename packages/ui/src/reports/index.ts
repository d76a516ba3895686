/** Reporting what was not believed: an entry of its own, loaded with the verdicts. */

export { type LicenceReport, reportOf, type WordedReport } from './licence-report.ts'
export { ReportButton, type ReportButtonProps } from './report-button.tsx'
export { createReportOutbox, type ReportOutbox, type ReportState } from './report-outbox.ts'
