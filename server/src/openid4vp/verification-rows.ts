/** Finding a verification by what wallets and openers know of it, and forgetting those that are over. */
import { fault } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { recordAct } from '../record/append.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { VerificationTable } from '../storage/verification-schema.ts'

const HANDLE = /^[A-Za-z0-9_-]{43}$/

/** The open verification of a handle. Throws `request/not-found`, `request/closed`, `request/expired`. */
export async function openRow(
  services: Services,
  handle: string | undefined,
): Promise<VerificationTable> {
  if (handle === undefined || !HANDLE.test(handle)) throw fault('request/not-found')
  const row = await services.storage
    .selectFrom('verification')
    .selectAll()
    .where('handle_hash', '=', hashSecret(handle))
    .where('forget_at', '>', services.now())
    .executeTakeFirst()
  if (row === undefined) throw fault('request/not-found')
  if (row.state !== 'open') throw fault('request/closed')
  if (row.expires_at <= services.now()) throw fault('request/expired')
  return row
}

/** A verification of whoever opened it, while they speak for its office. Throws `request/not-found`, also for another's. */
export async function ownRow(
  services: Services,
  opener: Pick<Actor, 'actorId' | 'offices'>,
  id: string,
): Promise<VerificationTable> {
  const row = await services.storage
    .selectFrom('verification')
    .selectAll()
    .where('id', '=', id)
    .where('actor_id', '=', opener.actorId)
    .where('forget_at', '>', services.now())
    .executeTakeFirst()
  if (row === undefined || !opener.offices.includes(row.office_id)) throw fault('request/not-found')
  return row
}

/** Deletes what is over, results too; called whenever there is something to write. */
export async function forgetVerifications(
  { now }: Services,
  transaction: StorageTransaction,
): Promise<void> {
  await transaction.deleteFrom('verification').where('forget_at', '<=', now()).execute()
  await transaction.deleteFrom('shown_presentation').where('forget_at', '<=', now()).execute()
}

/**
 * Closes an open verification, once. Throws `request/closed`, and `request/expired` for one that ended, of itself or by its counter, while its
 * answer was judged: whoever ended it was told that nothing comes any more.
 */
export async function closeRow(
  services: Services,
  id: string,
  close: {
    readonly change: Partial<
      Pick<VerificationTable, 'state' | 'result' | 'response_code_hash' | 'forget_at'>
    >
    /** Runs in the same transaction, before. */
    readonly before?: (transaction: StorageTransaction) => Promise<void>
  },
): Promise<void> {
  await transact(services.storage, async (transaction) => {
    await forgetVerifications(services, transaction)
    await close.before?.(transaction)
    const closed = await transaction
      .updateTable('verification')
      .set(close.change)
      .where('id', '=', id)
      .where('state', '=', 'open')
      .where('expires_at', '>', services.now())
      .returning(['office_id', 'state'])
      .executeTakeFirst()
    if (closed === undefined) throw fault(await closedCode(transaction, id))
    await recordAct(services, transaction, {
      act: `verification/${closed.state}`,
      agency: closed.office_id,
      facts: { verification: id },
    })
  })
}

async function closedCode(
  transaction: StorageTransaction,
  id: string,
): Promise<'request/closed' | 'request/expired'> {
  const row = await transaction
    .selectFrom('verification')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.state === 'open' ? 'request/expired' : 'request/closed'
}
