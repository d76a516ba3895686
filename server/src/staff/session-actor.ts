/**
 * The actor of a request that comes with a session of staff: who they are and which roles they have is read anew each time. Ports are
 * not cookie boundaries: a page of the wallet's or the counter's origin would bring the cookie along, so with it nothing is
 * answered, not even read, but to the API origin's own pages (Fetch §3.2, Fetch Metadata §2).
 */
import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import type { AppContext } from '../http/app-context.ts'
import { isChange } from '../http/origins.ts'
import { type Actor, type ActorGrant, staffGrant } from '../rights/actor.ts'
import { STAFF_ROLES } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { openGrants } from './grants.ts'
import type { StaffGrantTable } from './staff-schema.ts'
import { findStaffSession } from './staff-sessions.ts'

/** By which somebody with roles in several organisations says for which they act (a USCC). */
export const AGENCY_HEADER = 'Onetrip-Agency'

const ROLE = v.picklist(STAFF_ROLES)
const OWN_SITE = 'same-origin'

/**
 * The actor of a session's cookie. Throws `auth/required` for a session that is over, `http/origin` for a request that no page of the
 * API origin made, `auth/forbidden` for an organisation in which they have no role.
 */
export async function actorOfSession(
  services: Services,
  context: AppContext,
  secret: string,
): Promise<Actor> {
  assertOwnPage(services, context)
  const { storage } = services
  const session = await findStaffSession(services, secret)
  if (session === undefined) throw fault('auth/required')
  const member = await storage
    .selectFrom('staff')
    .select(['id', 'actor_id'])
    .where('id', '=', session.staff_id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (member === undefined) throw fault('auth/required')
  const live = (await openGrants(storage, member.id)).filter((grant) =>
    isLive(grant, services.now()),
  )
  const agencies = [...new Set(live.map((grant) => grant.agency_id))].sort()
  const agencyId = agencyOf(context.req.header(AGENCY_HEADER), agencies)
  const own = live.filter((grant) => grant.agency_id === agencyId)
  return {
    actorId: member.actor_id,
    agencyId,
    grants: own.length === 0 ? [] : await grantsOf(storage, agencyId, own),
    offices: own.length === 0 ? [] : await officesOf(storage, agencyId),
    // Makers of seals come with keys of their own.
    sealMakers: [],
    session: {
      memberId: member.id,
      id: session.id,
      authenticatedAt: session.authenticated_at,
      agencies,
    },
  }
}

function isLive(grant: StaffGrantTable, now: number): boolean {
  return grant.not_before <= now && (grant.not_after === null || grant.not_after > now)
}

function agencyOf(named: string | undefined, agencies: readonly string[]): string {
  if (named === undefined) return agencies.length === 1 ? (agencies[0] ?? '') : ''
  if (!agencies.includes(named)) throw fault('auth/forbidden')
  return named
}

async function grantsOf(
  reader: StorageReader,
  agencyId: string,
  rows: readonly StaffGrantTable[],
): Promise<readonly ActorGrant[]> {
  const types = await reader
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', agencyId)
    .execute()
  const all = types.map((type) => type.type_code)
  // A role for one matter is for no licence but those of its cases.
  return rows.map(({ role, matter }) =>
    staffGrant(v.parse(ROLE, role), {
      types: matter === null ? all : [],
      matters: matter === null ? 'all' : [matter],
    }),
  )
}

async function officesOf(reader: StorageReader, agencyId: string): Promise<readonly string[]> {
  const rows = await reader.selectFrom('office').select('id').where('id', '=', agencyId).execute()
  return rows.map(({ id }) => id)
}

function assertOwnPage({ config }: Pick<Services, 'config'>, { req }: AppContext): void {
  const [origin, site] = [req.header('Origin'), req.header('Sec-Fetch-Site')]
  const isForeign =
    (origin !== undefined && origin !== config.apiOrigin) ||
    (site !== undefined && site !== OWN_SITE)
  // A change has to say where it comes from.
  const isUnsaid = isChange(req.method) && origin === undefined && site === undefined
  if (isForeign || isUnsaid) throw fault('http/origin')
}
