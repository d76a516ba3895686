/**
 * What was open when the backup was made may have been used up or ended since: sessions, tokens, offers, uses of seals, batches and orders would
 * count a second time. All of it is closed, each by the act that closes it otherwise, so that the audit holds it.
 */
import { endBatch } from '../batches/issue-batch.ts'
import { withdrawBatch } from '../batches/step-batch.ts'
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
  await endBatches(services, transaction, actorId)
  await refuseOrders(services, transaction, actorId)
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

/**
 * Whatever a row asked for may be a licence already, and nobody here knows which: no row that waits is issued, and nothing of it can be approved or gone
 * on with. What is missing is asked for anew, by who has seen what there is.
 */
async function endBatches(
  services: Services,
  transaction: StorageTransaction,
  actorId: string,
): Promise<void> {
  const batches = await transaction
    .selectFrom('batch')
    .selectAll()
    .where('state', 'in', ['requested', 'approved', 'stopped'])
    .execute()
  for (const batch of batches) {
    if (batch.state === 'requested') {
      await withdrawBatch(services, transaction, { batch, actorId, reason: REASON })
      continue
    }
    await transaction
      .updateTable('batch_row')
      .set({ facts: null, hold: null, code: 'restore/pending' })
      .where('batch_id', '=', batch.id)
      .where('facts', 'is not', null)
      .execute()
    await endBatch(services, transaction, { batch, state: 'done', reason: 'restore/pending' })
  }
}

/** One that was approved since has been carried out: licences may have gone to their next holders. */
async function refuseOrders(
  services: Services,
  transaction: StorageTransaction,
  actorId: string,
): Promise<void> {
  const orders = await transaction
    .selectFrom('licence_order')
    .select(['id', 'agency_id', 'kind', 'licence_count', 'digest'])
    .where('state', '=', 'requested')
    .execute()
  const refused = { state: 'refused', content: null, decider_id: actorId } as const
  for (const { id, agency_id: agency, kind, licence_count: licences, digest } of orders) {
    await transaction
      .updateTable('licence_order')
      .set({ ...refused, decided_at: services.now() })
      .where('id', '=', id)
      .execute()
    await recordAct(services, transaction, {
      act: 'order/refuse',
      agency,
      actor: actorId,
      facts: { order: id, kind, licences, orderDigest: digest },
    })
  }
}
