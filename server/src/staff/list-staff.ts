/** Who works for an organisation, and what they may there. */
import type { Actor } from '../rights/actor.ts'
import { type Right, ROLE_RIGHTS, STAFF_ROLES, type StaffRole } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'

/** A role as it is told. */
export interface GrantEntry {
  readonly id: string
  readonly role: StaffRole
  /** Code of the matter it is for; absent for all. */
  readonly matter?: string
  /** Unix seconds. */
  readonly from: number
  /** Unix seconds; absent where it has no end. */
  readonly until?: number
}

/** A member as colleagues see them. */
export interface MemberEntry {
  readonly id: string
  readonly name: string
  readonly subject: string
  readonly registeredAt: number
  /** Whether they left. */
  readonly ended: boolean
  /** Roles in the actor's organisation that nobody took. */
  readonly roles: readonly GrantEntry[]
}

/** Members that the actor's organisation registered or that have a role in it, by name. */
export async function listStaff(
  { storage }: Pick<Services, 'storage'>,
  { agencyId }: Pick<Actor, 'agencyId'>,
): Promise<readonly MemberEntry[]> {
  const members = await storage
    .selectFrom('staff')
    .innerJoin('actor', 'actor.id', 'staff.actor_id')
    .select(['staff.id', 'actor.name', 'subject', 'registered_at', 'ended_at'])
    .where(({ or, eb, selectFrom }) =>
      or([
        eb('staff.agency_id', '=', agencyId),
        eb(
          'staff.id',
          'in',
          selectFrom('staff_grant')
            .select('staff_id')
            .where('staff_grant.agency_id', '=', agencyId)
            .where('staff_grant.ended_at', 'is', null),
        ),
      ]),
    )
    .orderBy('actor.name')
    .execute()
  const grants = await grantsIn(storage, agencyId)
  return members.map((member) => ({
    id: member.id,
    name: member.name,
    subject: member.subject,
    registeredAt: member.registered_at,
    ended: member.ended_at !== null,
    roles: grants.filter(({ memberId }) => memberId === member.id).map(({ entry }) => entry),
  }))
}

/** Whether the actor's organisation has to do with a member. */
export async function isOwnMember(
  services: Pick<Services, 'storage'>,
  actor: Pick<Actor, 'agencyId'>,
  memberId: string,
): Promise<boolean> {
  return (await listStaff(services, actor)).some(({ id }) => id === memberId)
}

/** What there is to give, as data for the console: each role with its rights. */
export function rolesAsData(): readonly {
  readonly role: StaffRole
  readonly rights: readonly Right[]
}[] {
  return STAFF_ROLES.map((role) => ({ role, rights: ROLE_RIGHTS[role] }))
}

async function grantsIn(
  reader: StorageReader,
  agencyId: string,
): Promise<readonly { readonly memberId: string; readonly entry: GrantEntry }[]> {
  const rows = await reader
    .selectFrom('staff_grant')
    .select(['id', 'staff_id', 'role', 'matter', 'not_before', 'not_after'])
    .where('agency_id', '=', agencyId)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    memberId: row.staff_id,
    entry: {
      id: row.id,
      role: row.role,
      ...(row.matter === null ? {} : { matter: row.matter }),
      from: row.not_before,
      ...(row.not_after === null ? {} : { until: row.not_after }),
    },
  }))
}
