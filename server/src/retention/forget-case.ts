/** What a case said of people is forgotten; its number, states and times stay, and so does what the log says. */
import { recordAct } from '../record/append.ts'
import { caseHold } from '../record/case-hold.ts'
import type { Services } from '../services.ts'
import { hasRestedSince } from '../storage/case-rests.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { CASE_DAYS, DRAFT_DAYS } from './retention-table.ts'

const DAY_SECONDS = 86_400
/** In one run, so that nobody waits for it. */
const MAX_CASES = 200
const OVER = ['closed', 'archived', 'declined', 'withdrawn'] as const
const UPLOADS = (transaction: StorageTransaction, caseId: string) =>
  transaction.selectFrom('case_upload').select('id').where('case_id', '=', caseId)

/** Forgets cases that are due, each in a transaction with its act; answers how many. */
export async function forgetCases(services: Services): Promise<number> {
  const due = await dueCases(services.storage, services.now()).limit(MAX_CASES).execute()
  let count = 0
  for (const { id } of due) if (await forgetCase(services, id)) count += 1
  return count
}

/** A case without an applicant has been forgotten; a draft in which somebody wrote since is still needed. */
function dueCases(reader: StorageReader, now: number) {
  const draftsBefore = now - DRAFT_DAYS * DAY_SECONDS
  return reader
    .selectFrom('case_file')
    .select(['id', 'state', 'office_id'])
    .where('applicant', '!=', '')
    .where((is) =>
      is.or([
        is.and([is('state', 'in', OVER), is('closed_at', '<=', now - CASE_DAYS * DAY_SECONDS)]),
        is.and([
          is('state', '=', 'draft'),
          is('created_at', '<=', draftsBefore),
          hasRestedSince(draftsBefore)(is),
        ]),
      ]),
    )
    .orderBy('id')
}

function forgetCase(services: Services, id: string): Promise<boolean> {
  return transact(services.storage, async (transaction) => {
    // Somebody may have gone on with it meanwhile.
    const row = await dueCases(transaction, services.now()).where('id', '=', id).executeTakeFirst()
    if (row === undefined) return false
    await emptyCase(transaction, id)
    if (row.state === 'draft') await endDraft(services, transaction, id)
    await recordAct(services, transaction, {
      act: 'case/forget',
      agency: row.office_id,
      facts: { case: id, row: await caseHold(services, transaction, id) },
    })
    return true
  })
}

async function emptyCase(transaction: StorageTransaction, id: string): Promise<void> {
  await transaction
    .deleteFrom('case_upload_body')
    .where('upload_id', 'in', UPLOADS(transaction, id))
    .execute()
  await transaction.updateTable('case_upload').set({ name: '' }).where('case_id', '=', id).execute()
  await transaction
    .updateTable('case_material')
    .set({ evidence: '{}' })
    .where('case_id', '=', id)
    .execute()
  await transaction
    .updateTable('case_part')
    .set({ opinion: null, draft: null, document: null })
    .where('case_id', '=', id)
    .execute()
  await transaction
    .updateTable('case_visit_part')
    .set({ findings: null })
    .where('visit_id', 'in', (query) =>
      query.selectFrom('case_visit').select('id').where('case_id', '=', id),
    )
    .execute()
  await transaction
    .updateTable('case_feedback')
    .set({ words: null, answer: null })
    .where('case_id', '=', id)
    .execute()
  await transaction
    .updateTable('case_file')
    .set({ applicant: '', form: '{}' })
    .where('id', '=', id)
    .execute()
}

/** Nobody can go on with it. */
async function endDraft(
  services: Services,
  transaction: StorageTransaction,
  id: string,
): Promise<void> {
  const at = services.now()
  await transaction
    .updateTable('case_file')
    .set((columns) => ({
      state: 'withdrawn',
      version: columns('version', '+', 1),
      closed_at: at,
    }))
    .where('id', '=', id)
    .execute()
  await transaction
    .insertInto('case_transition')
    .values({
      case_id: id,
      sequence: 0,
      part: '',
      action: 'withdraw',
      from_state: 'draft',
      to_state: 'withdrawn',
      actor_id: null,
      doer: 'server',
      reason: null,
      at,
      ground: null,
      materials: null,
    })
    .execute()
}
