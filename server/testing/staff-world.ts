/** For tests: members of staff with roles, in sessions of their own. */
import { ensureActor } from '../src/actors/api-keys.ts'
import type { StaffRole } from '../src/rights/rights.ts'
import { type GrantRequest, giveRole } from '../src/staff/grants.ts'
import { loadMember } from '../src/staff/load-member.ts'
import { registerMember } from '../src/staff/members.ts'
import { openStaffSession, STAFF_COOKIE } from '../src/staff/staff-sessions.ts'
import { transact } from '../src/storage/database.ts'
import type { World } from './test-world.ts'

/** Issuer of the demo's provider, where tests register members. */
export function staffIssuer({ services }: World): string {
  return services.staffProvider?.issuer ?? ''
}

/** Whoever has the server: registers the first members. */
export async function operatorOf({ services }: World): Promise<{ readonly actorId: string }> {
  const holder = { name: 'operator', kind: 'system' } as const
  const actorId = await transact(services.storage, (transaction) =>
    ensureActor(services, transaction, holder),
  )
  return { actorId }
}

/** Registers a member of this name at an organisation. */
export async function member(world: World, name: string, agencyId: string): Promise<string> {
  const actor = await operatorOf(world)
  const request = { issuer: staffIssuer(world), subject: `sub-${name}`, name, agencyId }
  return registerMember(world.services, { actor, request })
}

/** Gives a member a role. */
export async function role(
  world: World,
  memberId: string,
  wanted: Omit<GrantRequest, 'memberId'>,
): Promise<string> {
  const actor = await operatorOf(world)
  return giveRole(world.services, { actor, request: { ...wanted, memberId } })
}

/** A member with one role at an organisation. */
export async function memberWith(
  world: World,
  as: { readonly name: string; readonly role: StaffRole; readonly agencyId: string },
): Promise<string> {
  const id = await member(world, as.name, as.agencyId)
  await role(world, id, { role: as.role, agencyId: as.agencyId })
  return id
}

/** A session of a member who was authenticated at this moment or, where it is given, then; what its cookie says. */
export async function sessionCookie(
  { services }: World,
  memberId: string,
  authenticatedAt: number = services.now(),
): Promise<string> {
  const secret = await transact(services.storage, async (transaction) => {
    const of = await loadMember(transaction, memberId)
    return openStaffSession(services, transaction, { member: of, authenticatedAt })
  })
  return `${STAFF_COOKIE}=${secret}`
}

/** A request as the console makes it: GET without a body, POST with one. */
export async function askAs(
  world: World,
  cookie: string,
  of: {
    readonly path: string
    readonly body?: object
    readonly headers?: Readonly<Record<string, string>>
  },
): Promise<Response> {
  const isPost = of.body !== undefined
  const headers = {
    Cookie: cookie,
    ...(isPost
      ? { 'Content-Type': 'application/json', Origin: world.services.config.apiOrigin }
      : {}),
    ...of.headers,
  }
  return world.app.request(of.path, {
    method: isPost ? 'POST' : 'GET',
    headers,
    ...(isPost ? { body: JSON.stringify(of.body) } : {}),
  })
}
