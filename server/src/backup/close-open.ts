/**
 * What was open when the backup was made may have been used up or ended since: sessions, tokens, offers, uses of seals and batches would count a
 * second time. All of it is closed, each by the act that closes it otherwise, so that the audit holds it.
 */
import { endBatch } from '../batches/issue-batch.ts'
import { recordAct } from '../record/append.ts'
import { rowHold, useTexts } from '../record/row-hold.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'

const REASON = '自备份恢复：请重新申请'
const SIGNED_IN = [
  'access_token',
  'authorization_request',
  'session',
  'staff_session',
  'sign_in',
  'sign_in_code',
] as const

/** Closes it, in the name of the actor that restores. */
export async function closeOpen(
  services: Services,
  transaction: StorageTransaction,
  actorId: string,
): Promise<void> {
  for (const table of SIGNED_IN) await transaction.deleteFrom(table).execute()
  await transaction
    .updateTable('offer')
    .set({ state: 'withdrawn' })
    .where('state', '=', 'open')
    .execute()
  await refuseUses(services, transaction, actorId)
  await stopBatches(services, transaction)
}

async function refuseUses(
  services: Services,
  transaction: StorageTransaction,
  actorId: string,
): Promise<void> {
  const now = services.now()
  const uses = await transaction
    .selectFrom('seal_use')
    .innerJoin('seal', 'seal.id', 'seal_use.seal_id')
    .selectAll('seal_use')
    .select('seal.owner_id')
    .where('seal_use.state', 'in', ['requested', 'approved'])
    .where('good_until', '>=', now)
    .execute()
  for (const { owner_id: agency, ...use } of uses) {
    const files = await transaction
      .selectFrom('seal_use_file')
      .selectAll()
      .where('use_id', '=', use.id)
      .orderBy('sequence')
      .execute()
    if (files.every(({ state }) => state === 'sealed')) continue
    const refused = {
      state: 'refused',
      keeper_id: actorId,
      decided_at: now,
      reason: REASON,
      good_until: now,
    } as const
    await transaction.updateTable('seal_use').set(refused).where('id', '=', use.id).execute()
    const row = rowHold(services, useTexts({ ...use, ...refused }, files))
    await recordAct(services, transaction, {
      act: 'seal-use/refuse',
      agency,
      actor: actorId,
      facts: { use: use.id, seal: use.seal_id, reason: REASON, row },
    })
  }
}

/** Some of a batch's rows may be licences already: whoever looked goes on with it. */
async function stopBatches(services: Services, transaction: StorageTransaction): Promise<void> {
  const batches = await transaction
    .selectFrom('batch')
    .selectAll()
    .where('state', '=', 'approved')
    .execute()
  for (const batch of batches) {
    await endBatch(services, transaction, { batch, state: 'stopped', reason: 'restore/pending' })
  }
}
