/**
 * Who acts, and what they may: one shape for an API key and for a member of staff who signed in. An actor is made for each request
 * from what the database says then; nothing of it is kept, so a role that was taken away is gone with the next request.
 */
import { fault } from '@onetrip/codec'
import { KEY_ROLE_RIGHTS, type Right, ROLE_RIGHTS, type Role, type StaffRole } from './rights.ts'

/** Some rights, and what they are for. */
export interface ActorGrant {
  readonly rights: readonly Right[]
  /** Type codes of licences they are for. */
  readonly types: readonly string[]
  /** Codes of matters they are for. */
  readonly matters: 'all' | readonly string[]
}

/** The session of a member of staff. */
export interface ActorSession {
  readonly memberId: string
  /** Id of the session, which is not what stands in its cookie. */
  readonly id: string
  /** When the identity provider last saw who they are, Unix seconds. */
  readonly authenticatedAt: number
  /** Organisations in which they have a role at this time. */
  readonly agencies: readonly string[]
}

/** Who acts, for which organisation, and what they may do there. */
export interface Actor {
  /** The same for every key and every session of one person. */
  readonly actorId: string
  /** USCC; empty where somebody who signed in has roles in none, or in several and names none. */
  readonly agencyId: string
  readonly grants: readonly ActorGrant[]
  /** Offices whose counters they may enrol and deny, and in whose name they may ask. */
  readonly offices: readonly string[]
  /** Seal makers for which they may make seals. */
  readonly sealMakers: readonly string[]
  /** Absent for an API key. */
  readonly session?: ActorSession
}

/** What the roles of a key allow. */
export function keyGrant(roles: readonly Role[], types: readonly string[]): ActorGrant {
  return { rights: roles.flatMap((role) => KEY_ROLE_RIGHTS[role]), types, matters: 'all' }
}

/** What a role of staff allows. */
export function staffGrant(role: StaffRole, of: Pick<ActorGrant, 'types' | 'matters'>): ActorGrant {
  return { rights: ROLE_RIGHTS[role], types: of.types, matters: of.matters }
}

/** Whether the actor has a right for anything at all. */
export function hasRight({ grants }: Pick<Actor, 'grants'>, right: Right): boolean {
  return grants.some(({ rights }) => rights.includes(right))
}

/** Throws `auth/forbidden` unless the actor has `right`, for licences of `typeCode` where one is named. */
export function assertAllowed(
  { grants }: Pick<Actor, 'grants'>,
  right: Right,
  typeCode?: string,
): void {
  const isAllowed = grants.some(
    ({ rights, types }) =>
      rights.includes(right) && (typeCode === undefined || types.includes(typeCode)),
  )
  if (!isAllowed) throw fault('auth/forbidden')
}

/** Throws `auth/forbidden` unless the actor has `right` for this matter. */
export function assertAllowedInMatter(
  actor: Pick<Actor, 'grants'>,
  right: Right,
  matter: string,
): void {
  const matters = allowedMatters(actor, right)
  if (matters !== 'all' && !matters.includes(matter)) throw fault('auth/forbidden')
}

/** The matters for which the actor has `right`; none where they do not have it. */
export function allowedMatters(
  { grants }: Pick<Actor, 'grants'>,
  right: Right,
): 'all' | readonly string[] {
  const matters: string[] = []
  for (const grant of grants) {
    if (!grant.rights.includes(right)) continue
    if (grant.matters === 'all') return 'all'
    matters.push(...grant.matters)
  }
  return [...new Set(matters)].sort()
}
