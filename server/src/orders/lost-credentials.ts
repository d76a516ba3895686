/**
 * Credentials that were signed after a backup which was put back. They are genuine, and no row here knows them; each has its place in a status list, which the
 * restore closed. By it they end: the place reads revoked for ever (`kept_status`). Which licence it was, only the credential says.
 */
import { Fault, fault } from '@onetrip/codec'
import { type LicenceStatus, STATUS, statusOf } from '@onetrip/status'
import { recordActs } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'
import type { LostContent } from './order-shape.ts'

/** A place of an order, and how it reads. */
export interface LostPlace {
  readonly index: number
  readonly status: LicenceStatus | 'unknown'
}

/** An order about such places, and who asks or decides. */
interface LostOrder {
  readonly actor: Actor
  readonly content: LostContent
}

/**
 * The places of an order, as they read. Throws `auth/forbidden` for whoever does not decide on every type of the agency, for nobody knows which type it was, and
 * `restore/not-lost` unless the list is the agency's own, closed by a restore, and holds each place, and none has a credential here.
 */
export async function lostPlaces(
  reader: StorageReader,
  { actor, content }: LostOrder,
): Promise<{ readonly listId: number; readonly places: readonly LostPlace[] }> {
  const { agencyId } = actor
  await assertDecidesAll(reader, actor)
  const indices = [...content.indices]
  const list = await reader
    .selectFrom('status_list')
    .select(['id', 'size', 'used'])
    .where('uri', '=', content.list)
    .where('agency_id', '=', agencyId)
    .executeTakeFirst()
  // No list is ever used to its end but by a restore, which closes all.
  const isClosed = list !== undefined && list.used >= list.size
  if (!isClosed || indices.some((index) => index >= list.size)) throw fault('restore/not-lost')
  const known = await reader
    .selectFrom('credential')
    .select('idx')
    .where('list_id', '=', list.id)
    .where('idx', 'in', indices)
    .limit(1)
    .executeTakeFirst()
  if (known !== undefined) throw fault('restore/not-lost')
  const kept = await reader
    .selectFrom('kept_status')
    .select(['idx', 'status'])
    .where('list_id', '=', list.id)
    .where('idx', 'in', indices)
    .execute()
  const statusAt = new Map(kept.map(({ idx, status }) => [idx, status]))
  const places = indices.map((index) => ({
    index,
    status: statusOf(statusAt.get(index) ?? STATUS.valid),
  }))
  return { listId: list.id, places }
}

/** Throws `auth/forbidden` for whoever does not decide on every type of the agency. */
export async function assertDecidesAll(reader: StorageReader, actor: Actor): Promise<void> {
  const types = await reader
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', actor.agencyId)
    .execute()
  assertAllowed(actor, 'change-status')
  for (const { type_code: type } of types) assertAllowed(actor, 'change-status', type)
}

/** Those places for whoever reads the order; none where they are no longer such. */
export async function readLost(
  reader: StorageReader,
  order: LostOrder,
): Promise<{ readonly index: number; readonly status: LostPlace['status'] }[]> {
  try {
    const { places } = await lostPlaces(reader, order)
    return places.map(({ index, status }) => ({ index, status }))
  } catch (error) {
    // One that can only be refused is still read.
    if (error instanceof Fault && error.code === 'restore/not-lost') return []
    throw error
  }
}

/** Revokes them, each with an act of its own; one that reads revoked is left as it is. Throws as {@link lostPlaces}. */
export async function revokeLost(
  services: Services,
  transaction: StorageTransaction,
  of: LostOrder & { readonly order: string },
): Promise<void> {
  const { actor, content, order } = of
  const { listId, places } = await lostPlaces(transaction, of)
  const due = places.filter(({ status }) => status !== 'revoked')
  if (due.length === 0) return
  await transaction
    .insertInto('kept_status')
    .values(due.map(({ index: idx }) => ({ list_id: listId, idx, status: STATUS.revoked })))
    .onConflict((conflict) =>
      conflict.columns(['list_id', 'idx']).doUpdateSet({ status: STATUS.revoked }),
    )
    .execute()
  await transaction
    .updateTable('status_list')
    .set((columns) => ({ revision: columns('revision', '+', 1) }))
    .where('id', '=', listId)
    .execute()
  const { reason, ground } = content
  await recordActs(
    services,
    transaction,
    due.map(({ index }) => ({
      act: 'credential/revoke-lost',
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: { order, list: listId, index, reason, ground },
    })),
  )
}
