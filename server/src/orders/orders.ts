/**
 * What one person alone should not do to licences (facts/threats.md O11): many are revoked, suspended ones come back, one changes its holder. One
 * person orders it, another decides it, over the digest of what they read; whatever it does is done in that transaction, whole or not at all.
 */
import { fault, type JsonObject, parseJson, sha256Base64url } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import { parseInput } from '../http/read-request.ts'
import { setStatus } from '../licences/change-status.ts'
import { loadOwnLicence } from '../licences/load-licence.ts'
import { takePlace } from '../licences/take-place.ts'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import { assertOtherPerson } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import type { LicenceOrderTable } from '../storage/order-schema.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { licencesOf, ORDER_REQUEST, type OrderContent } from './order-shape.ts'

const MAX_LISTED = 100
const CONTENT_LIMITS = { maxBytes: 131_072, maxItems: 8192 } as const

/**
 * Asks for an order and answers it as JSON, the same for each retry. Throws `auth/forbidden`, `licence/not-found`, and what the order would throw
 * for a licence as it is now.
 */
export async function requestOrder(
  services: Services,
  of: {
    readonly actor: Actor
    readonly content: OrderContent
    readonly repeatable: RepeatableRequest
  },
): Promise<string> {
  const { actor, content, repeatable } = of
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request: repeatable,
      make: async () => {
        for (const id of licencesOf(content)) {
          assertFits(content, await ownLicence(transaction, actor, id))
        }
        return insertOrder(services, transaction, { actor, content })
      },
    }),
  )
}

/** Orders of the actor's agency, open ones first; what they say stands in each by itself. Throws `auth/forbidden`. */
export async function listOrders(services: Services, actor: Actor): Promise<readonly JsonObject[]> {
  assertAllowed(actor, 'change-status')
  const rows = await services.storage
    .selectFrom('licence_order')
    .selectAll()
    .where('agency_id', '=', actor.agencyId)
    .orderBy((row) => row.case().when('state', '=', 'requested').then(0).else(1).end())
    .orderBy('id', 'desc')
    .limit(MAX_LISTED)
    .execute()
  return rows.map(described)
}

/** One order with all that it says while it waits. Throws `auth/forbidden`, `approval/not-found`. */
export async function readOrder(
  services: Services,
  of: { readonly actor: Actor; readonly id: string },
): Promise<JsonObject> {
  assertAllowed(of.actor, 'change-status')
  const row = await ownOrder(services.storage, of)
  const content = row.content === null ? null : parseJson(row.content, CONTENT_LIMITS)
  return { ...described(row), content }
}

/**
 * Decides an order, once: approving does it. Throws `auth/forbidden`, `approval/not-found`, `approval/settled`, `approval/same-person`, `approval/other-files` for
 * another digest, and what the order throws for a licence as it is by then; nothing of it is done.
 */
export async function decideOrder(
  services: Services,
  of: {
    readonly actor: Actor
    readonly id: string
    readonly decision: 'approve' | 'refuse'
    readonly digest: string
  },
): Promise<JsonObject> {
  const { actor, id, decision, digest } = of
  assertAllowed(actor, 'change-status')
  return transact(services.storage, async (transaction) => {
    const row = await ownOrder(transaction, { actor, id })
    if (row.content === null) throw fault('approval/settled')
    // What was changed in the database since is not what anybody saw.
    if (row.digest !== digest || sha256Base64url(row.content) !== digest) {
      throw fault('approval/other-files')
    }
    if (decision === 'approve') {
      await assertOtherPerson(transaction, actor, row.requester_id)
      const content = parseInput(ORDER_REQUEST, parseJson(row.content, CONTENT_LIMITS))
      for (const licence of licencesOf(content)) {
        await fulfil(services, transaction, { actor, content, licence })
      }
    }
    const state = decision === 'approve' ? 'done' : 'refused'
    await transaction
      .updateTable('licence_order')
      .set({ state, content: null, decider_id: actor.actorId, decided_at: services.now() })
      .where('id', '=', id)
      .execute()
    await recordAct(services, transaction, {
      act: `order/${decision}`,
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: { order: id, kind: row.kind, licences: row.licence_count, orderDigest: digest },
    })
    failpoint(services.config, 'approval/before-commit')
    return { id, state }
  })
}

async function insertOrder(
  services: Services,
  transaction: StorageTransaction,
  { actor, content }: { readonly actor: Actor; readonly content: OrderContent },
): Promise<string> {
  const text = JSON.stringify(content)
  const row: LicenceOrderTable = {
    id: services.newId(),
    agency_id: actor.agencyId,
    kind: content.kind,
    content: text,
    licence_count: licencesOf(content).length,
    digest: sha256Base64url(text),
    reason: content.reason,
    state: 'requested',
    requester_id: actor.actorId,
    requested_at: services.now(),
    decider_id: null,
    decided_at: null,
  }
  await transaction.insertInto('licence_order').values(row).execute()
  const { id, kind, licence_count: licences, digest: orderDigest } = row
  await recordAct(services, transaction, {
    act: 'order/request',
    agency: actor.agencyId,
    actor: actor.actorId,
    facts: { order: id, kind, licences, orderDigest },
  })
  return JSON.stringify(described(row))
}

/** Throws `auth/forbidden`, and by what the licence is now. A licence that is already as it is to be is left as it is. */
async function fulfil(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly actor: Actor; readonly content: OrderContent; readonly licence: string },
): Promise<void> {
  const { actor, content } = of
  const licence = await ownLicence(transaction, actor, of.licence)
  assertFits(content, licence)
  const { actorId, agencyId } = actor
  const { reason, ground } = content
  if (content.kind === 'transfer') {
    const { to } = content
    const next = { ...to, reason, ground }
    const end = { kind: 'transferred', holderReference: to.holderReference } as const
    await takePlace(services, transaction, { actor: { actorId, agencyId }, licence, next, end })
    return
  }
  const isReinstating = content.kind === 'reinstate'
  const status = isReinstating ? 'valid' : 'revoked'
  if (licence.status === status) return
  const kind = content.kind === 'revoke' ? content.end : undefined
  await setStatus(services, transaction, {
    licence,
    actorId,
    wish: { status, reason, ground, kind },
  })
}

function assertFits({ kind }: OrderContent, { status }: LicenceTable): void {
  if (kind === 'reinstate' && status === 'revoked') throw fault('status/not-reversible')
  if (kind === 'transfer' && status === 'revoked') throw fault('licence/revoked')
  if (kind === 'transfer' && status === 'suspended') throw fault('status/suspended')
}

async function ownLicence(reader: StorageReader, actor: Actor, id: string): Promise<LicenceTable> {
  const licence = await loadOwnLicence(reader, actor.agencyId, id)
  assertAllowed(actor, 'change-status', licence.type_code)
  return licence
}

async function ownOrder(
  reader: StorageReader,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<LicenceOrderTable> {
  const row = await reader
    .selectFrom('licence_order')
    .selectAll()
    .where('id', '=', id)
    .where('agency_id', '=', actor.agencyId)
    .executeTakeFirst()
  if (row === undefined) throw fault('approval/not-found')
  return row
}

function described(row: LicenceOrderTable): JsonObject {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    licences: row.licence_count,
    digest: row.digest,
    reason: row.reason,
    requestedAt: row.requested_at,
    decidedAt: row.decided_at,
  }
}
