/** What a verdict needs, in a chunk of its own: the first screen is there before it. */
import { type SeenReceipts, seenReceipts } from './seen-receipts.ts'

/** Of this page, and of those before it. */
export const receipts: SeenReceipts = seenReceipts()
export { isProofOfEntry, verify } from '@onetrip/verifier'
export { enrolledCounter, startEnrolment } from './enrolment/enrolment-keeper.ts'
export { reports } from './reports.ts'
export { VerdictScreen } from './screens/verdict.tsx'
