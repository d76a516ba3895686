/**
 * Gives each credential a random index of its own. The database decides: `unique (list_id, idx)`
 * holds whatever number of processes draw at the same time (case ST12).
 */
import { MAX_REGISTERED_SEALS } from '@onetrip/seal'
import {
  LARGE_LIST_SIZE,
  LIST_SIZE,
  type LicenceStatus,
  randomStatusIndex,
  STATUS,
} from '@onetrip/status'
import { MAX_STATUS_URI_CHARS, statusListUri } from '../config.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { CredentialTable } from '../storage/schema.ts'

/** A list is left when half full: two draws on average find a free index in it to the very end. */
const FULL_PART = 0.5
const MAX_DRAWS = 128
/** Half of what a register may hold: a list of seals is left before its register is too large. */
const MAX_LICENCE_SEALS = MAX_REGISTERED_SEALS / 2

/** What an index is reserved for. */
export interface Reservation {
  readonly licenceId: string
  readonly agencyId: string
  /** Absent for paper and for a further copy. */
  readonly offerId?: string
  /** The offer's credential of which it is a further copy, for another holder key. */
  readonly copyOf?: string
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
  const list = await currentList(services, transaction, { agency_id: reservation.agencyId })
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
        copy_of: reservation.copyOf ?? null,
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
    await countIndex(transaction, list, reservation.status)
    return { id, status: { uri: list.uri, index } }
  }
  throw new Error('status list: no free index was drawn')
}

/** Where a seal's status stands. */
export interface SealPlace {
  readonly listId: number
  readonly uri: string
  readonly index: number
}

/** A free index of the seal maker's current list, for a seal that begins suspended and is given it in this transaction. */
export async function reserveSealIndex(
  services: Services,
  transaction: StorageTransaction,
  makerId: string,
): Promise<SealPlace> {
  const list = await currentList(services, transaction, { seal_maker_id: makerId })
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const index = randomStatusIndex(services.random, list.size)
    const taken = await transaction
      .selectFrom('seal')
      .select('id')
      .where('list_id', '=', list.id)
      .where('idx', '=', index)
      .executeTakeFirst()
    if (taken !== undefined) continue
    await countIndex(transaction, list, 'suspended')
    return { listId: list.id, uri: list.uri, index }
  }
  throw new Error('status list: no free index was drawn')
}

async function countIndex(
  transaction: StorageTransaction,
  list: OpenList,
  status: LicenceStatus,
): Promise<void> {
  await transaction
    .updateTable('status_list')
    .set((columns) => ({
      used: columns('used', '+', 1),
      revision: columns('revision', '+', status === 'valid' ? 0 : 1),
    }))
    .where('id', '=', list.id)
    .execute()
}

/** Whose list it is. */
type ListOwner = { readonly agency_id: string } | { readonly seal_maker_id: string }

interface OpenList {
  readonly id: number
  readonly uri: string
  readonly size: number
}

/** The owner's newest list while it has room and is of this origin, else one more. */
async function currentList(
  services: Services,
  transaction: StorageTransaction,
  owner: ListOwner,
): Promise<OpenList> {
  const lists = transaction.selectFrom('status_list').select(['id', 'uri', 'size', 'used'])
  const own =
    'agency_id' in owner
      ? lists.where('agency_id', '=', owner.agency_id)
      : lists.where('seal_maker_id', '=', owner.seal_maker_id)
  const newest = await own.orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (
    newest !== undefined &&
    newest.used < newest.size * FULL_PART &&
    newest.uri === statusListUri(services.config, newest.id) &&
    ('agency_id' in owner || (await hasRoomInRegister(transaction, newest.id)))
  ) {
    return newest
  }
  const size = newest === undefined ? LIST_SIZE : LARGE_LIST_SIZE
  return openList(services, transaction, { owner, size })
}

async function hasRoomInRegister(
  transaction: StorageTransaction,
  listId: number,
): Promise<boolean> {
  const { count } = await transaction
    .selectFrom('seal')
    .select((column) => column.fn.countAll<number>().as('count'))
    .where('list_id', '=', listId)
    .where((column) => column('licences', '=', column.lit(1)))
    .executeTakeFirstOrThrow()
  return count < MAX_LICENCE_SEALS
}

async function openList(
  services: Services,
  transaction: StorageTransaction,
  list: { readonly owner: ListOwner; readonly size: number },
): Promise<OpenList> {
  const last = await transaction
    .selectFrom('status_list')
    .select((columns) => columns.fn.max('id').as('id'))
    .executeTakeFirst()
  const id = (last?.id ?? 0) + 1
  const uri = statusListUri(services.config, id)
  if (uri.length > MAX_STATUS_URI_CHARS) throw new Error('status list: URI is too long')
  const { owner, size } = list
  const whose = { agency_id: null, seal_maker_id: null, ...owner }
  await transaction
    .insertInto('status_list')
    .values({ id, ...whose, uri, size, used: 0, revision: 1 })
    .execute()
  return { id, uri, size }
}
