/**
 * Roles of members: given and taken by others, for a time, and each an entry of the record. Nobody gives a role to themselves; whoever
 * says who approves and seals does neither; and an organisation that has an administrator keeps one.
 */
import { fault, parseJson } from '@onetrip/codec'
import { parseMatterCatalogue, TARGET } from '@onetrip/trust'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import type { Actor } from '../rights/actor.ts'
import { isSamePerson } from '../rights/other-person.ts'
import { SEPARATE_ROLES, type StaffRole } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { loadMember } from './load-member.ts'
import type { StaffGrantTable } from './staff-schema.ts'

/** Which role, where, and for how long. */
export interface GrantRequest {
  readonly memberId: string
  readonly role: StaffRole
  /** USCC. */
  readonly agencyId: string
  /** Code of the one matter it is for; left out, all. */
  readonly matter?: string | undefined
  /** Unix seconds; left out, at once. */
  readonly from?: number | undefined
  /** Unix seconds; left out, it has no end. */
  readonly until?: number | undefined
}

/** Who gives or takes. */
type Giver = Pick<Actor, 'actorId'>

/**
 * Gives a role and answers the grant's id, the same for a role that the member has with the same bounds. Throws `staff/not-found`,
 * `staff/own-grant`, `staff/separate-roles`, `staff/grant-exists` for a role they have with other bounds, `request/matter-unknown`,
 * `input/invalid` for a time that is over and for an administrator of one matter.
 */
export async function addGrant(
  services: Services,
  transaction: StorageTransaction,
  { actor, request }: { readonly actor: Giver; readonly request: GrantRequest },
): Promise<string> {
  const { memberId, role, agencyId, matter, until } = request
  const now = services.now()
  const from = request.from ?? now
  const member = await loadMember(transaction, memberId)
  if (member.ended_at !== null) throw fault('staff/not-found')
  if (await isSamePerson(transaction, actor.actorId, member.actor_id))
    throw fault('staff/own-grant')
  if (until !== undefined && until <= Math.max(from, now))
    throw fault('input/invalid', 'at fault: until')
  if (role === 'administrator' && matter !== undefined)
    throw fault('input/invalid', 'at fault: matter')
  if (matter !== undefined) await assertMatter(transaction, matter)
  const open = (await openGrants(transaction, memberId)).filter(
    (grant) => grant.agency_id === agencyId && (grant.not_after ?? Infinity) > now,
  )
  if (open.some((grant) => SEPARATE_ROLES[role]?.includes(grant.role)))
    throw fault('staff/separate-roles')
  const same = open.find((grant) => grant.role === role && grant.matter === (matter ?? null))
  if (same !== undefined) {
    const isStarted = request.from === undefined ? same.not_before <= now : same.not_before === from
    if (!isStarted || same.not_after !== (until ?? null)) throw fault('staff/grant-exists')
    return same.id
  }
  const id = services.newId()
  const row: StaffGrantTable = {
    id,
    staff_id: memberId,
    role,
    agency_id: agencyId,
    matter: matter ?? null,
    not_before: from,
    not_after: until ?? null,
    granted_by: actor.actorId,
    granted_at: now,
    ended_at: null,
    ended_by: null,
  }
  const held = rowHold(services, [heldText('staff_grant', row)])
  await recordAct(services, transaction, {
    act: 'staff/grant',
    agency: agencyId,
    actor: actor.actorId,
    facts: { member: memberId, grant: id, role, matter, from, until, row: held },
  })
  await transaction.insertInto('staff_grant').values(row).execute()
  return id
}

/** {@link addGrant} in a transaction of its own. */
export async function giveRole(
  services: Services,
  options: Parameters<typeof addGrant>[2],
): Promise<string> {
  return transact(services.storage, (transaction) => addGrant(services, transaction, options))
}

/**
 * Takes a role of the actor's organisation; one that is taken already stays as it is. Throws `staff/not-found`,
 * `staff/last-administrator`.
 */
export async function takeRole(
  services: Services,
  { actor, grantId }: { readonly actor: Actor; readonly grantId: string },
): Promise<void> {
  await transact(services.storage, async (transaction) => {
    const grant = await transaction
      .selectFrom('staff_grant')
      .selectAll()
      .where('id', '=', grantId)
      .where('agency_id', '=', actor.agencyId)
      .executeTakeFirst()
    if (grant === undefined) throw fault('staff/not-found')
    if (grant.ended_at !== null) return
    await assertAdministratorLeft(services, transaction, grant)
    await endGrant(services, transaction, { actor, grant })
  })
}

/** Roles of a member that nobody took, those among them that are over or have not begun. */
export async function openGrants(
  reader: StorageReader,
  memberId: string,
): Promise<readonly StaffGrantTable[]> {
  return reader
    .selectFrom('staff_grant')
    .selectAll()
    .where('staff_id', '=', memberId)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
}

/**
 * Throws `staff/works-elsewhere` where a member has, or will have, a role in another organisation: what they are there is its own to end.
 */
export async function assertWorksHereAlone(
  { now }: Pick<Services, 'now'>,
  reader: StorageReader,
  { agencyId, memberId }: { readonly agencyId: string; readonly memberId: string },
): Promise<void> {
  const isElsewhere = (await openGrants(reader, memberId)).some(
    (grant) => grant.agency_id !== agencyId && (grant.not_after ?? Infinity) > now(),
  )
  if (isElsewhere) throw fault('staff/works-elsewhere')
}

/** Ends a role, and records it. */
export async function endGrant(
  services: Services,
  transaction: StorageTransaction,
  { actor, grant }: { readonly actor: Giver; readonly grant: StaffGrantTable },
): Promise<void> {
  await recordAct(services, transaction, {
    act: 'staff/revoke',
    agency: grant.agency_id,
    actor: actor.actorId,
    facts: { member: grant.staff_id, grant: grant.id, role: grant.role },
  })
  await transaction
    .updateTable('staff_grant')
    .set({ ended_at: services.now(), ended_by: actor.actorId })
    .where('id', '=', grant.id)
    .execute()
}

/**
 * Throws `staff/last-administrator` where without this role nobody would be administrator of its organisation at this time and from now on: one
 * whose role has an end does not count.
 */
export async function assertAdministratorLeft(
  { now }: Pick<Services, 'now'>,
  reader: StorageReader,
  grant: StaffGrantTable,
): Promise<void> {
  if (grant.role !== 'administrator') return
  const others = await reader
    .selectFrom('staff_grant')
    .select('id')
    .where('agency_id', '=', grant.agency_id)
    .where('role', '=', 'administrator')
    .where('staff_id', '!=', grant.staff_id)
    .where('ended_at', 'is', null)
    .where('not_before', '<=', now())
    .where('not_after', 'is', null)
    .limit(1)
    .execute()
  if (others.length === 0) throw fault('staff/last-administrator')
}

async function assertMatter(reader: StorageReader, matter: string): Promise<void> {
  const row = await reader
    .selectFrom('trust_document')
    .select('body')
    .where('path', '=', TARGET.catalogue)
    .executeTakeFirst()
  const matters = row === undefined ? [] : parseMatterCatalogue(parseJson(row.body))
  if (!matters.some(({ code }) => code === matter)) throw fault('request/matter-unknown')
}
