/** The part of the record's audit that is about cases: each with all that belongs to it is as the newest act about it left it. */
import { CASE_STEPS, PART_STEPS } from '../cases/case-steps.ts'
import type { Services } from '../services.ts'
import type { RecordFault } from './audit.ts'
import { type AuditedRow, isHeld, type RowRule, rowFault } from './audit-rows.ts'
import { caseTexts } from './case-hold.ts'

type AuditedCase = AuditedRow & { readonly texts: readonly string[] }

const BEGIN = 'case/begin'
/** Acts that may change a case. */
const KINDS: readonly string[] = [
  BEGIN,
  'case/form',
  'case/material',
  'case/promise',
  'case/deferred',
  'case/upload',
  'case/licences',
  'case/visit-set',
  'case/visit-findings',
  'case/forget',
  // Those that the server takes by itself among them.
  ...CASE_STEPS.map(({ action }) => `case/${action}`),
  ...PART_STEPS.map(({ action }) => `case-part/${action}`),
]

/** The first case that is not as acts left it. */
export function caseFault(services: Services): Promise<RecordFault | undefined> {
  return rowFault(services, caseRule(services))
}

function caseRule(services: Services): RowRule<AuditedCase> {
  return {
    table: 'case_file',
    name: 'case',
    begins: [BEGIN],
    acts: [{ word: ({ id }) => id, kinds: KINDS }],
    load: async (reader, ids) => {
      const texts = await caseTexts(reader, ids)
      // No case is older than the record.
      return [...texts].map(([id, held]) => ({ id, bornAt: Infinity, texts: held }))
    },
    fault: ({ texts }, acts) => {
      // One that holds nothing is from before cases were held.
      const newest = acts.slice(-1)
      return isHeld(services, newest, texts) ? undefined : 'case_file'
    },
  }
}
