/** A case that was returned for correction and never handed in again ends: its applicant was told what is missing, and keeps nothing open by saying nothing. */
import { openRow } from '../cases/case-rows.ts'
import { lapseCase } from '../cases/step-case.ts'
import type { Services } from '../services.ts'
import { hasRestedSince } from '../storage/case-rests.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import { RETURNED_DAYS } from './retention-table.ts'

const DAY_SECONDS = 86_400
/** In one run, so that nobody waits for it. */
const MAX_CASES = 200
const REASON = '退回补正后 180 日内没有再提交，按撤回处理'

/** Withdraws those that are due, each in a transaction with its act; answers how many. */
export async function lapseCases(services: Services): Promise<number> {
  const due = await dueCases(services.storage, services.now()).limit(MAX_CASES).execute()
  let count = 0
  for (const { id } of due) if (await lapse(services, id)) count += 1
  return count
}

function lapse(services: Services, id: string): Promise<boolean> {
  return transact(services.storage, async (transaction) => {
    // Somebody may have answered meanwhile.
    const row = await dueCases(transaction, services.now()).where('id', '=', id).executeTakeFirst()
    if (row === undefined) return false
    const opened = await openRow(transaction, row)
    await lapseCase(services, transaction, { opened, reason: REASON })
    return true
  })
}

/** Nothing was done about it since, by anybody. */
function dueCases(reader: StorageReader, now: number) {
  const before = now - RETURNED_DAYS * DAY_SECONDS
  return reader
    .selectFrom('case_file')
    .selectAll()
    .where('state', '=', 'returned')
    .where('created_at', '<=', before)
    .where(hasRestedSince(before))
    .orderBy('id')
}
