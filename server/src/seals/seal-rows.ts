/** Seals in the database: who may see which, and the record of their lives. */

import { fault } from '@onetrip/codec'
import type { LicenceStatus } from '@onetrip/status'
import { STATUS } from '@onetrip/status'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { type Actor, assertAllowed, hasRight } from '../rights/actor.ts'
import type { Right } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'
import type { SealEventTable, SealTable } from '../storage/seal-schema.ts'

/** Rights with which somebody has to do with the seals of their organisation. */
export const OWNERS_RIGHTS: readonly Right[] = ['own-seals', 'request-seal', 'keep-seals']

/** The seal, if the actor has to do with it; throws `seal/not-found` for all others, so that nobody learns of them. */
export async function loadSeal(
  reader: StorageReader,
  actor: Actor,
  sealId: string,
): Promise<SealTable> {
  const seal = await reader
    .selectFrom('seal')
    .selectAll()
    .where('id', '=', sealId)
    .executeTakeFirst()
  if (seal === undefined || !mayRead(actor, seal)) throw fault('seal/not-found')
  return seal
}

/** Throws `auth/forbidden` unless the actor acts for the owner with this right. */
export function assertOwner(actor: Actor, seal: SealTable, right: Right): void {
  assertAllowed(actor, right)
  if (actor.agencyId !== seal.owner_id) throw fault('auth/forbidden')
}

/** Throws `auth/forbidden` unless the actor makes seals for this one's maker. */
export function assertMaker(actor: Actor, makerId: string): void {
  assertAllowed(actor, 'make-seals')
  if (!actor.sealMakers.includes(makerId)) throw fault('auth/forbidden')
}

/** Throws `seal/state`, `seal/expired` unless the seal is in use at this moment. */
export function assertInUse(
  { now }: Pick<Services, 'now'>,
  { state, valid_to: validTo }: Pick<SealTable, 'state' | 'valid_to'>,
): void {
  if (state !== 'in-use') throw fault('seal/state')
  if (now() > (validTo ?? 0)) throw fault('seal/expired')
}

/** Adds a step to the seal's record. */
export async function addEvent(
  services: Services,
  transaction: StorageTransaction,
  event: Omit<SealEventTable, 'sequence' | 'at'>,
): Promise<void> {
  const newest = await transaction
    .selectFrom('seal_event')
    .select((columns) => columns.fn.max('sequence').as('sequence'))
    .where('seal_id', '=', event.seal_id)
    .executeTakeFirst()
  await transaction
    .insertInto('seal_event')
    .values({ ...event, sequence: (newest?.sequence ?? 0) + 1, at: services.now() })
    .execute()
  const row = await transaction
    .selectFrom('seal')
    .selectAll()
    .where('id', '=', event.seal_id)
    .executeTakeFirstOrThrow()
  const { act, seal_id: seal, reason, actor_id: actor } = event
  await recordAct(services, transaction, {
    act: `seal/${act}`,
    agency: row.owner_id,
    actor,
    facts: { seal, reason, row: rowHold(services, [heldText('seal', row)]) },
  })
}

/** Sets state and bit of a seal that has its index, and has its list signed anew. */
export async function setSealState(
  transaction: StorageTransaction,
  seal: Pick<SealTable, 'id' | 'list_id'>,
  to: { readonly state: SealTable['state']; readonly status: LicenceStatus },
): Promise<void> {
  await transaction
    .updateTable('seal')
    .set({ state: to.state, status: STATUS[to.status] })
    .where('id', '=', seal.id)
    .execute()
  await transaction
    .updateTable('status_list')
    .set((columns) => ({ revision: columns('revision', '+', 1) }))
    .where('id', '=', seal.list_id)
    .execute()
}

function mayRead(actor: Actor, seal: SealTable): boolean {
  if (hasRight(actor, 'make-seals') && actor.sealMakers.includes(seal.seal_maker_id)) {
    return true
  }
  return actor.agencyId === seal.owner_id && OWNERS_RIGHTS.some((right) => hasRight(actor, right))
}
