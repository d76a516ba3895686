/**
 * Gives each credential a random index of its own. The database decides: `unique (list_id, idx)`
 * holds whatever number of processes draw at the same time (case ST12).
 */
import { LIST_SIZE, type LicenceStatus, randomStatusIndex, STATUS } from '@onetrip/status'
import { MAX_STATUS_URI_CHARS, statusListUri } from '../config.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { CredentialTable } from '../storage/schema.ts'

/** A list is left when half full, so that a free index is found in a few draws. */
const FULL_AT = LIST_SIZE / 2
const MAX_DRAWS = 128

/** What an index is reserved for. */
export interface Reservation {
  readonly licenceId: string
  readonly agencyId: string
  /** Absent for paper. */
  readonly offerId?: string
  readonly form: CredentialTable['form']
  /** The licence's status: a suspended licence's new credential is born suspended. */
  readonly status: LicenceStatus
}

/** A reserved place. */
export interface ReservedCredential {
  readonly id: string
  readonly status: { readonly uri: string; readonly index: number }
}

/** Records a credential in state `reserved` under a free index of the agency's current list. */
export async function reserveCredential(
  services: Services,
  transaction: StorageTransaction,
  reservation: Reservation,
): Promise<ReservedCredential> {
  const list = await currentList(services, transaction, reservation.agencyId)
  const now = services.now()
  const id = services.newId()
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const index = randomStatusIndex(services.random, list.size)
    const result = await transaction
      .insertInto('credential')
      .values({
        id,
        licence_id: reservation.licenceId,
        offer_id: reservation.offerId ?? null,
        form: reservation.form,
        list_id: list.id,
        idx: index,
        status: STATUS[reservation.status],
        state: 'reserved',
        key_id: null,
        holder_key: null,
        draft: null,
        credential: null,
        created_at: now,
        issued_at: null,
        withdrawn_at: null,
      })
      .onConflict((conflict) => conflict.columns(['list_id', 'idx']).doNothing())
      .executeTakeFirst()
    if (result.numInsertedOrUpdatedRows !== 1n) continue
    await transaction
      .updateTable('status_list')
      .set((columns) => ({
        used: columns('used', '+', 1),
        revision: columns('revision', '+', reservation.status === 'valid' ? 0 : 1),
      }))
      .where('id', '=', list.id)
      .execute()
    return { id, status: { uri: list.uri, index } }
  }
  throw new Error('status list: no free index was drawn')
}

/** The agency's newest list of this origin that has room, made when there is none. */
async function currentList(
  services: Services,
  transaction: StorageTransaction,
  agencyId: string,
): Promise<{ readonly id: number; readonly uri: string; readonly size: number }> {
  const known = await transaction
    .selectFrom('status_list')
    .select(['id', 'uri', 'size'])
    .where('agency_id', '=', agencyId)
    .where('used', '<', FULL_AT)
    .orderBy('id', 'desc')
    .execute()
  const open = known.find((list) => list.uri === statusListUri(services.config, list.id))
  if (open !== undefined) return open
  const newest = await transaction
    .selectFrom('status_list')
    .select((columns) => columns.fn.max('id').as('id'))
    .executeTakeFirst()
  const id = (newest?.id ?? 0) + 1
  const uri = statusListUri(services.config, id)
  if (uri.length > MAX_STATUS_URI_CHARS) throw new Error('status list: URI is too long')
  await transaction
    .insertInto('status_list')
    .values({ id, agency_id: agencyId, uri, size: LIST_SIZE, used: 0, revision: 1 })
    .execute()
  return { id, uri, size: LIST_SIZE }
}
