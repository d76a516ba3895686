/** Reading a licence as its agency sees it; another agency's licence does not exist for it. */
import { fault, isObject, type JsonObject, parseJson } from '@onetrip/codec'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'

/** The licence with this id if it belongs to the agency; throws `licence/not-found`. */
export async function loadOwnLicence(
  reader: StorageReader,
  agencyId: string,
  id: string,
): Promise<LicenceTable> {
  const row = await reader
    .selectFrom('licence')
    .selectAll()
    .where('id', '=', id)
    .where('agency_id', '=', agencyId)
    .executeTakeFirst()
  if (row === undefined) throw fault('licence/not-found')
  return row
}

/** The claims of a licence row. */
export function claimsOf(
  row: Pick<LicenceTable, 'claims'>,
): Readonly<Record<string, string | number>> {
  const parsed = parseJson(row.claims)
  if (!isObject(parsed)) throw new TypeError('licence: stored claims are not an object')
  const claims: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw new TypeError('licence: a stored claim has a wrong type')
    }
    claims[name] = value
  }
  return claims
}

/** A licence with its history, credentials and offers; throws `auth/forbidden`, `licence/not-found`. */
export async function describeLicence(
  services: Services,
  actor: Actor,
  id: string,
): Promise<JsonObject> {
  const { storage } = services
  assertAllowed(actor, 'read')
  const row = await loadOwnLicence(storage, actor.agencyId, id)
  assertAllowed(actor, 'read', row.type_code)
  const history = await storage
    .selectFrom('status_change')
    .innerJoin('actor', 'actor.id', 'status_change.actor_id')
    .select(['from_status', 'to_status', 'reason', 'status_change.kind', 'ground', 'changed_at'])
    .select('actor.name as actor_name')
    .where('licence_id', '=', id)
    .orderBy('sequence')
    .execute()
  const replacements = await storage
    .selectFrom('licence_replacement')
    .selectAll()
    .where((row) => row.or([row('licence_id', '=', id), row('next_id', '=', id)]))
    .execute()
  const earlier = replacements.find(({ next_id: next }) => next === id)
  const next = replacements.find(({ licence_id: replaced }) => replaced === id)
  const credentials = await storage
    .selectFrom('credential')
    .select(['form', 'state', 'issued_at', 'withdrawn_at'])
    .where('licence_id', '=', id)
    .orderBy('id')
    .execute()
  const told = await storage
    .selectFrom('notification')
    .innerJoin('offer', 'offer.id', 'notification.offer_id')
    .select(['notification.offer_id', 'form', 'event', 'told_at'])
    .where('licence_id', '=', id)
    .orderBy('told_at')
    .execute()
  const offers = await storage
    .selectFrom('offer')
    .select(['id', 'state', 'expires_at'])
    .where('licence_id', '=', id)
    .orderBy('id')
    .execute()
  return {
    id: row.id,
    identifier: row.identifier,
    type: row.type_code,
    typeVersion: row.type_version,
    serial: row.serial,
    version: row.version,
    validFrom: row.valid_from,
    ...(row.valid_to === null ? {} : { validTo: row.valid_to }),
    claims: claimsOf(row),
    ...(row.holder_reference === null ? {} : { holderReference: row.holder_reference }),
    status: row.status,
    createdAt: row.created_at,
    ...(earlier === undefined ? {} : { replaces: earlier.licence_id }),
    ...(next === undefined ? {} : { replacedBy: next.next_id }),
    history: history.map((change) => ({
      from: change.from_status,
      to: change.to_status,
      reason: change.reason,
      ...(change.kind === null ? {} : { kind: change.kind }),
      ...(change.ground === null ? {} : { ground: change.ground }),
      at: change.changed_at,
      by: change.actor_name,
    })),
    credentials: credentials.map((credential) => ({
      form: credential.form,
      state: credential.withdrawn_at === null ? credential.state : 'withdrawn',
      ...(credential.issued_at === null ? {} : { issuedAt: credential.issued_at }),
    })),
    offers: offers.map((offer) => ({
      id: offer.id,
      state: offer.state,
      expiresAt: offer.expires_at,
      told: told
        .filter(({ offer_id: offerId }) => offerId === offer.id)
        .map(({ form, event, told_at: at }) => ({ form, event, at })),
    })),
  }
}
