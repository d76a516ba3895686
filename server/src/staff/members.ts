/**
 * Members of staff: registered by somebody else, known by their subject at the identity provider. As whom they act is found by their
 * name, so that a key and a session of one person are one person's; two members of one name are refused, in whatever spelling.
 */
import { fault } from '@onetrip/codec'
import { ensureActor } from '../actors/api-keys.ts'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import type { Actor } from '../rights/actor.ts'
import { readAs } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import type { ActorTable } from '../storage/schema.ts'
import { registeredNames } from '../trust-data/office-names.ts'
import { assertAdministratorLeft, assertWorksHereAlone, endGrant, openGrants } from './grants.ts'
import { loadMember } from './load-member.ts'
import type { StaffTable } from './staff-schema.ts'
import { endMemberSessions } from './staff-sessions.ts'

/** Whom to register. */
export interface MemberRequest {
  /** Issuer identifier of the identity provider. */
  readonly issuer: string
  /** `sub` there. */
  readonly subject: string
  /** As colleagues read it; namesakes need something that tells them apart. */
  readonly name: string
  /** The organisation that registers them. */
  readonly agencyId: string
}

/**
 * Registers a member and answers their id, the same for one who is registered already. Throws `staff/exists` for a subject with
 * another name or one that ended, `staff/name-taken`, `issuer/unknown` for an organisation that is not registered.
 */
export async function addMember(
  services: Services,
  transaction: StorageTransaction,
  { actor, request }: { readonly actor: Pick<Actor, 'actorId'>; readonly request: MemberRequest },
): Promise<string> {
  await assertOrganisation(transaction, request.agencyId)
  const known = await transaction
    .selectFrom('staff')
    .innerJoin('actor', 'actor.id', 'staff.actor_id')
    .select(['staff.id', 'actor.name', 'staff.ended_at'])
    .where('issuer', '=', request.issuer)
    .where('subject', '=', request.subject)
    .executeTakeFirst()
  if (known !== undefined) {
    if (known.ended_at !== null || readAs(known.name) !== readAs(request.name)) {
      throw fault('staff/exists')
    }
    return known.id
  }
  const person = await actorNamed(services, transaction, request.name)
  const id = services.newId()
  const row: StaffTable = {
    id,
    issuer: request.issuer,
    subject: request.subject,
    actor_id: person.id,
    agency_id: request.agencyId,
    registered_at: services.now(),
    ended_at: null,
  }
  await recordAct(services, transaction, {
    act: 'staff/register',
    agency: request.agencyId,
    actor: actor.actorId,
    facts: {
      member: id,
      as: person.id,
      row: rowHold(services, [heldText('staff', row), heldText('actor', person)]),
    },
  })
  await transaction.insertInto('staff').values(row).execute()
  return id
}

/** {@link addMember} in a transaction of its own. */
export async function registerMember(
  services: Services,
  options: Parameters<typeof addMember>[2],
): Promise<string> {
  return transact(services.storage, (transaction) => addMember(services, transaction, options))
}

/**
 * A member leaves for good: all roles and sessions end. By the organisation that registered them; a second time nothing happens.
 * Throws `staff/not-found`, `staff/last-administrator`, `staff/works-elsewhere` for one who has a role in another organisation.
 */
export async function endMember(
  services: Services,
  { actor, memberId }: { readonly actor: Actor; readonly memberId: string },
): Promise<void> {
  await transact(services.storage, async (transaction) => {
    const member = await loadMember(transaction, memberId)
    if (member.agency_id !== actor.agencyId) throw fault('staff/not-found')
    if (member.ended_at !== null) return
    await assertWorksHereAlone(services, transaction, { agencyId: actor.agencyId, memberId })
    for (const grant of await openGrants(transaction, memberId)) {
      await assertAdministratorLeft(services, transaction, grant)
      await endGrant(services, transaction, { actor, grant })
    }
    await endMemberSessions(transaction, memberId)
    await recordAct(services, transaction, {
      act: 'staff/end',
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: { member: memberId },
    })
    await transaction
      .updateTable('staff')
      .set({ ended_at: services.now() })
      .where('id', '=', memberId)
      .execute()
  })
}

/** Throws `issuer/unknown` unless this is a registered agency or office. */
async function assertOrganisation(reader: StorageReader, id: string): Promise<void> {
  if (!(await registeredNames(reader, [id])).has(id)) throw fault('issuer/unknown')
}

/** The actor of that name, also one whose name is spelled otherwise; `staff/name-taken` where another member is that. */
async function actorNamed(
  services: Services,
  transaction: StorageTransaction,
  name: string,
): Promise<ActorTable> {
  const people = await transaction
    .selectFrom('actor')
    .leftJoin('staff', 'staff.actor_id', 'actor.id')
    .select(['actor.id', 'actor.name', 'staff.id as member'])
    .where('actor.kind', '=', 'person')
    .orderBy('actor.id')
    .execute()
  const namesakes = people.filter((person) => readAs(person.name) === readAs(name))
  if (namesakes.some(({ member }) => member !== null)) throw fault('staff/name-taken')
  const [known] = namesakes
  if (known !== undefined) return { id: known.id, name: known.name, kind: 'person' }
  const person = { name, kind: 'person' } as const
  return { ...person, id: await ensureActor(services, transaction, person) }
}
