/**
 * The part of the record's audit that is about ratings (好差评) and reports of licences: each is as the newest act about it left it. What somebody
 * wrote is held apart, for it is forgotten after its time and the rest stays.
 */
import { REPORT_DAYS } from '../retention/retention-table.ts'
import type { Services } from '../services.ts'
import type { CaseFeedbackTable, LicenceReportTable } from '../storage/case-schema.ts'
import type { RecordFault } from './audit.ts'
import { type ActAbout, type AuditedRow, isHeld, type RowRule, rowFault } from './audit-rows.ts'
import { heldText, rowHold, saidText } from './row-hold.ts'

type AuditedRating = AuditedRow & Readonly<CaseFeedbackTable>
type AuditedReport = AuditedRow & Readonly<LicenceReportTable>

const FORGET = 'case/forget'
const REPORT_SECONDS = REPORT_DAYS * 86_400

/** The first rating or report that is not as acts left it. */
export async function feedbackFault(services: Services): Promise<RecordFault | undefined> {
  return (
    (await rowFault(services, ratingRule(services))) ??
    (await rowFault(services, reportRule(services)))
  )
}

function ratingRule(services: Services): RowRule<AuditedRating> {
  return {
    table: 'case_feedback',
    name: 'rating',
    begins: ['case/rate'],
    acts: [
      { word: ({ id }) => id, kinds: ['case/rate', 'case/answer-rating'] },
      { word: ({ case_id: id }) => id, kinds: [FORGET] },
    ],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom('case_feedback')
        .selectAll()
        .where('id', 'in', ids)
        .execute()
      // None is older than the record.
      return rows.map((row) => ({ ...row, bornAt: Infinity }))
    },
    fault: (row, acts) => {
      const isForgotten = acts.some(({ act }) => act === FORGET)
      const isSaid = isForgotten
        ? row.words === null && row.answer === null
        : isHeldSaid(services, acts, saidText('case_feedback', row))
      const isFit = isSaid && isHeld(services, acts, [heldText('case_feedback', row)])
      return isFit ? undefined : 'case_feedback'
    },
  }
}

function reportRule(services: Services): RowRule<AuditedReport> {
  return {
    table: 'licence_report',
    name: 'report',
    begins: ['report/file'],
    acts: [{ word: ({ id }) => id, kinds: ['report/file', 'report/answer'] }],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom('licence_report')
        .selectAll()
        .where('id', 'in', ids)
        .execute()
      return rows.map((row) => ({ ...row, bornAt: Infinity }))
    },
    fault: (row, acts) => {
      const isSaid =
        isEmptied(row, services.now()) ||
        isHeldSaid(services, acts, saidText('licence_report', row))
      const isFit = isSaid && isHeld(services, acts, [heldText('licence_report', row)])
      return isFit ? undefined : 'licence_report'
    },
  }
}

/** Whether what a report said was forgotten, and its time had come; when it was answered is held by its act. */
function isEmptied(row: AuditedReport, now: number): boolean {
  const { words, answer, evidence, answered_at: at } = row
  if (words !== null || answer !== null || evidence !== '{}') return false
  return at !== null && at <= now - REPORT_SECONDS
}

function isHeldSaid(services: Services, acts: readonly ActAbout[], text: string): boolean {
  const held = acts.findLast(({ facts }) => facts.has('said'))?.facts.get('said')
  return held === undefined || held === rowHold(services, [text])
}
