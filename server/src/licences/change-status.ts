/**
 * Status belongs to the licence: one change sets the bits of every credential made from it, open
 * offers' too, in one transaction, and is kept for ever (ARCHITECTURE §2).
 */

import { fault } from '@onetrip/codec'
import { type LicenceStatus, STATUS } from '@onetrip/status'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import { isSamePerson } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import { assertNotOwn, peopleIn } from '../staff/own-matter.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { claimsOf, loadOwnLicence } from './load-licence.ts'
import type { RevocationKind } from './revocation-kinds.ts'
import { assertSystemsOwn, isSettled } from './suspensions.ts'

/** Revocations that one person decides alone in a day. */
const MOST_REVOCATIONS = 200
const DAY_SECONDS = 86_400

/** What a licence is to be, and why. */
export interface StatusWish {
  readonly status: LicenceStatus
  readonly reason: string
  /** How it ends; for `revoked` alone. */
  readonly kind?: RevocationKind | undefined
  /** The law and its article. */
  readonly ground?: string | undefined
}

/** Who changes what, and why. */
export interface StatusCommand extends StatusWish {
  readonly actor: Actor
  readonly licenceId: string
}

/**
 * Changes a licence's status; the status it has already is kept without a further row, unless it was somebody else who suspended it. Throws
 * `auth/forbidden`, `licence/not-found`, `status/not-reversible` for a revoked licence, `input/invalid` for a kind of revocation
 * with another status, `approval/missing` for more revocations of one person in a day than one person decides, and for what a member
 * of staff suspended or would reinstate alone (facts/threats.md O11), `approval/own-matter` for a licence of their own.
 */
export async function changeStatus(
  services: Services,
  command: StatusCommand,
): Promise<{ readonly id: string; readonly status: LicenceStatus }> {
  const { actor, licenceId, ...wish } = command
  const { status } = wish
  assertAllowed(actor, 'change-status')
  if (wish.kind !== undefined && status !== 'revoked')
    throw fault('input/invalid', 'at fault: kind')
  return transact(services.storage, async (transaction) => {
    const licence = await loadOwnLicence(transaction, actor.agencyId, licenceId)
    assertAllowed(actor, 'change-status', licence.type_code)
    const change = { licence, status, actorId: actor.actorId }
    if (await isSettled(transaction, change)) return { id: licenceId, status }
    const people = peopleIn({
      holderReference: licence.holder_reference,
      claims: claimsOf(licence),
    })
    await assertNotOwn(services, transaction, { actorId: actor.actorId, people })
    if (licence.status === 'revoked') throw fault('status/not-reversible')
    if (status === 'valid') await assertSystemsOwn(transaction, actor, licenceId)
    if (status === 'revoked') await assertFewRevocations(services, transaction, actor.actorId)
    await setStatus(services, transaction, { licence, actorId: actor.actorId, wish })
    return { id: licenceId, status }
  })
}

/** Many are ordered by one person and approved by another (`orders`). Whoever revokes under several keys and names is one person. */
async function assertFewRevocations(
  services: Services,
  transaction: StorageTransaction,
  actorId: string,
): Promise<void> {
  const counted = await transaction
    .selectFrom('status_change')
    .select((columns) => ['actor_id', columns.fn.countAll<number>().as('count')])
    .where('to_status', '=', 'revoked')
    .where('changed_at', '>', services.now() - DAY_SECONDS)
    .groupBy('actor_id')
    .execute()
  const rows = counted.map((row) => ({ id: row.actor_id, count: Number(row.count) }))
  // Who they are is looked up only where they could be too many.
  if (rows.reduce((total, { count }) => total + count, 0) < MOST_REVOCATIONS) return
  let sum = 0
  for (const { id, count } of rows) {
    if (await isSamePerson(transaction, id, actorId)) sum += count
  }
  if (sum >= MOST_REVOCATIONS) throw fault('approval/missing')
}

/** Sets the status of a licence, for which {@link isSettled} is false and which may change, with its row and its act. */
export async function setStatus(
  services: Services,
  transaction: StorageTransaction,
  change: {
    readonly licence: Pick<LicenceTable, 'id' | 'agency_id' | 'status'>
    readonly actorId: string
    readonly wish: StatusWish
  },
): Promise<void> {
  const { licence, actorId, wish } = change
  const { status, reason, kind, ground } = wish
  await transaction.updateTable('licence').set({ status }).where('id', '=', licence.id).execute()
  const newest = await transaction
    .selectFrom('status_change')
    .select((columns) => columns.fn.max('sequence').as('sequence'))
    .where('licence_id', '=', licence.id)
    .executeTakeFirst()
  await transaction
    .insertInto('status_change')
    .values({
      licence_id: licence.id,
      sequence: (newest?.sequence ?? 0) + 1,
      from_status: licence.status,
      to_status: status,
      reason,
      kind: kind ?? null,
      ground: ground ?? null,
      actor_id: actorId,
      changed_at: services.now(),
    })
    .execute()
  await setCredentialStatus(transaction, licence.id, STATUS[status])
  await recordAct(services, transaction, {
    act: 'licence/status',
    agency: licence.agency_id,
    actor: actorId,
    facts: { licence: licence.id, from: licence.status, to: status, reason, kind, ground },
  })
}

/**
 * Withdraws the credentials and open offers of a licence that went to a phone (a lost phone, a new one): their bits read revoked
 * for ever, the licence itself stays as it is. Paper is not touched, nor what the offer `exceptOffer` gives out. Returns how many
 * credentials of wallets there were.
 */
export async function withdrawCredentials(
  services: Services,
  transaction: StorageTransaction,
  wanted: {
    readonly licenceId: string
    readonly exceptOffer?: string
    /** Who wants it; left out, the server. */
    readonly actorId?: string
  },
): Promise<number> {
  const { licenceId, exceptOffer, actorId: actor } = wanted
  const except = exceptOffer ?? ''
  await transaction
    .updateTable('offer')
    .set({ state: 'withdrawn' })
    .where('licence_id', '=', licenceId)
    .where('state', '=', 'open')
    .where('id', '!=', except)
    .execute()
  const spared = transaction.selectFrom('credential').select('id').where('offer_id', '=', except)
  const withdrawn = await transaction
    .updateTable('credential')
    .set({ status: STATUS.revoked, withdrawn_at: services.now() })
    .where('licence_id', '=', licenceId)
    .where('withdrawn_at', 'is', null)
    .where('form', '!=', 'paper')
    // Further copies of an offer's credential name that one, and no offer.
    .where((row) => row(row.fn.coalesce('copy_of', 'id'), 'not in', spared))
    .returning(['list_id', 'state'])
    .execute()
  if (withdrawn.length === 0) return 0
  const { agency_id: agency } = await transaction
    .selectFrom('licence')
    .select('agency_id')
    .where('id', '=', licenceId)
    .executeTakeFirstOrThrow()
  await recordAct(services, transaction, {
    act: 'licence/withdraw',
    agency,
    ...(actor === undefined ? {} : { actor }),
    facts: { licence: licenceId, copies: withdrawn.length, offer: exceptOffer },
  })
  const lists = [...new Set(withdrawn.map((row) => row.list_id))]
  await transaction
    .updateTable('status_list')
    .set((columns) => ({ revision: columns('revision', '+', 1) }))
    .where('id', 'in', lists)
    .execute()
  return withdrawn.filter(({ state }) => state !== 'reserved').length
}

async function setCredentialStatus(
  transaction: StorageTransaction,
  licenceId: string,
  status: number,
): Promise<void> {
  await raiseRevisions(transaction, licenceId)
  await transaction
    .updateTable('credential')
    .set({ status })
    .where('licence_id', '=', licenceId)
    .where('withdrawn_at', 'is', null)
    .execute()
}

async function raiseRevisions(transaction: StorageTransaction, licenceId: string): Promise<void> {
  await transaction
    .updateTable('status_list')
    .set((columns) => ({ revision: columns('revision', '+', 1) }))
    .where('id', 'in', (query) =>
      query.selectFrom('credential').select('list_id').where('licence_id', '=', licenceId),
    )
    .execute()
}
