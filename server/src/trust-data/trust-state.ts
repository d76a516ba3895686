/** What an organisation's staff see of its keys, and of what is published of them: trust data, status lists, the log's checkpoint. */
import type { JsonObject } from '@onetrip/codec'
import { newestCheckpoint } from '../record/integrate.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { offlineState } from './offline-state.ts'
import { type MetadataHead, newestOfEachRole } from './repository-rows.ts'
import { STATUS_ROLE_NAMES } from './status-roles.ts'

/** Roles of the repository in the order in which a verifier reads them (The Update Framework 1.0 §5); `status` stands for all of them. */
const ROLES = ['root', 'timestamp', 'snapshot', 'targets', 'status', 'deny', 'log'] as const
/** Lists of an answer, the newest first. */
const MAX_LISTS = 200

/** The state; no secret and no personal data is in it. Throws `auth/forbidden`. */
export async function readTrustState(services: Services, actor: Actor): Promise<JsonObject> {
  assertAllowed(actor, 'read-keys')
  const now = services.now()
  const checkpoint = await newestCheckpoint(services)
  const heads = await newestOfEachRole(services.storage, [...ROLES, ...STATUS_ROLE_NAMES])
  const { ending, ...offline } = await offlineState(services)
  return {
    now,
    keys: await keysOf(services, actor.agencyId),
    roles: ROLES.flatMap((role) => {
      const head = role === 'status' ? firstToEnd(heads) : heads.get(role)
      if (head === undefined) return []
      const { version, signed_at: signedAt, expires_at: expiresAt } = head
      return [{ role, version, signedAt, expiresAt }]
    }),
    statusLists: await listsOf(services, actor.agencyId),
    ...(checkpoint === undefined ? {} : { log: { size: checkpoint.size, at: checkpoint.at } }),
    offline: { ...offline, ending: ending.map((one) => ({ ...one })) },
    faults: [...new Set(services.publicationFaults.all().map(({ code }) => code))].sort(),
  }
}

/** Of the roles that share the status lists, the one that ends first. */
function firstToEnd(heads: ReadonlyMap<string, MetadataHead>): MetadataHead | undefined {
  return STATUS_ROLE_NAMES.flatMap((role) => heads.get(role) ?? []).sort(
    (one, other) => one.expires_at - other.expires_at,
  )[0]
}

async function keysOf({ storage }: Services, agencyId: string): Promise<readonly JsonObject[]> {
  const rows = await storage
    .selectFrom('signing_key')
    .leftJoin('listed_key', 'listed_key.kid', 'signing_key.kid')
    .select(['signing_key.id', 'signing_key.kid', 'purpose', 'not_before', 'not_after'])
    .select(['revoked_from', 'retired_at', 'listed_at'])
    .where('agency_id', '=', agencyId)
    .orderBy('purpose')
    .orderBy('not_before', 'desc')
    .orderBy('signing_key.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kid: row.kid,
    purpose: row.purpose,
    notBefore: row.not_before,
    notAfter: row.not_after,
    revokedFrom: row.revoked_from,
    retiredAt: row.retired_at,
    listedAt: row.listed_at,
  }))
}

async function listsOf({ storage }: Services, agencyId: string): Promise<readonly JsonObject[]> {
  const rows = await storage
    .selectFrom('status_list')
    .innerJoin('published_status', 'published_status.list_id', 'status_list.id')
    .select(['status_list.id', 'status_list.revision', 'form', 'issued_at'])
    .select(['used', 'size', 'published_status.revision as published'])
    .where('agency_id', '=', agencyId)
    .orderBy('status_list.id', 'desc')
    .orderBy('form')
    .limit(MAX_LISTS)
    .execute()
  return rows.map(({ id, form, used, size, revision, published, issued_at: issuedAt }) => ({
    list: id,
    form,
    used,
    size,
    issuedAt,
    isCurrent: revision === published,
  }))
}
