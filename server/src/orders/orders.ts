/**
 * What one person alone should not do to licences (facts/threats.md O11): many are revoked or suspended, suspended ones come back, one changes its holder, what a
 * restore lost ends. One
 * person orders it, another decides it, over the digest of what they read; whatever it does is done in that transaction, whole or not at all.
 */
import { fault, type JsonObject, sha256Base64url } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import { setStatus } from '../licences/change-status.ts'
import { claimsOf, loadOwnLicence } from '../licences/load-licence.ts'
import { isSettled } from '../licences/suspensions.ts'
import { takePlace } from '../licences/take-place.ts'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import { assertOtherPerson } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import { assertNotOwn, peopleIn } from '../staff/own-matter.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import type { LicenceOrderTable } from '../storage/order-schema.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { assertDecidesAll, lostPlaces, revokeLost } from './lost-credentials.ts'
import { countOf, type LostContent, licencesOf, type OrderContent } from './order-shape.ts'
import { describeOrder, loadOrder, parseContent } from './read-orders.ts'

/** What is about licences that are known. */
type LicenceContent = Exclude<OrderContent, LostContent>

/** What each kind makes of a licence. */
const STATUS_OF = { suspend: 'suspended', reinstate: 'valid', revoke: 'revoked' } as const

/**
 * Asks for an order and answers it as JSON, the same for each retry. Throws `auth/forbidden`, `licence/not-found`, `approval/own-matter`, and what the order would throw
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
        if (content.kind === 'revoke-lost') await lostPlaces(transaction, { actor, content })
        const licences = await concerned(services, transaction, { actor, content })
        for (const licence of licences) assertFits(content, licence)
        return insertOrder(services, transaction, { actor, content })
      },
    }),
  )
}

/**
 * Decides an order, once: approving does it. Throws `auth/forbidden`, `approval/own-matter`, `approval/not-found`, `approval/settled`, `approval/same-person`, `approval/other-files` for
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
    const row = await loadOrder(transaction, { actor, id })
    if (row.content === null) throw fault('approval/settled')
    // What was changed in the database since is not what anybody saw.
    if (row.digest !== digest || sha256Base64url(row.content) !== digest) {
      throw fault('approval/other-files')
    }
    const content = parseContent(row.content)
    if (decision === 'approve') await assertOtherPerson(transaction, actor, row.requester_id)
    const licences = await concerned(services, transaction, { actor, content })
    if (decision === 'approve') {
      await carryOut(services, transaction, { actor, content, licences, order: id })
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
    licence_count: countOf(content),
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
    facts: {
      order: id,
      kind,
      licences,
      orderDigest,
      row: rowHold(services, [heldText('licence_order', row)]),
    },
  })
  return JSON.stringify(describeOrder(row))
}

async function carryOut(
  services: Services,
  transaction: StorageTransaction,
  of: {
    readonly actor: Actor
    readonly content: OrderContent
    readonly licences: readonly LicenceTable[]
    readonly order: string
  },
): Promise<void> {
  const { actor, content, licences, order } = of
  if (content.kind === 'revoke-lost') {
    await revokeLost(services, transaction, { actor, content, order })
    return
  }
  for (const licence of licences) {
    await fulfil(services, transaction, { actor, content, licence })
  }
}

/** Throws by what the licence is now. A licence that is already as it is to be is left as it is. */
async function fulfil(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly actor: Actor; readonly content: LicenceContent; readonly licence: LicenceTable },
): Promise<void> {
  const { actor, content, licence } = of
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
  const status = STATUS_OF[content.kind]
  if (await isSettled(transaction, { licence, status, actorId })) return
  const kind = content.kind === 'revoke' ? content.end : undefined
  await setStatus(services, transaction, {
    licence,
    actorId,
    wish: { status, reason, ground, kind },
  })
}

function assertFits({ kind }: OrderContent, { status }: LicenceTable): void {
  if ((kind === 'reinstate' || kind === 'suspend') && status === 'revoked') {
    throw fault('status/not-reversible')
  }
  if (kind === 'transfer' && status === 'revoked') throw fault('licence/revoked')
  if (kind === 'transfer' && status === 'suspended') throw fault('status/suspended')
}

/** The licences of an order; throws `auth/forbidden` and `approval/own-matter` unless the actor decides on them all, and is none of those they are about. */
async function concerned(
  services: Services,
  reader: StorageReader,
  { actor, content }: { readonly actor: Actor; readonly content: OrderContent },
): Promise<readonly LicenceTable[]> {
  if (content.kind === 'revoke-lost') await assertDecidesAll(reader, actor)
  const licences: LicenceTable[] = []
  for (const id of licencesOf(content)) {
    const licence = await loadOwnLicence(reader, actor.agencyId, id)
    assertAllowed(actor, 'change-status', licence.type_code)
    licences.push(licence)
  }
  const people = licences.flatMap((licence) => [
    ...peopleIn({ holderReference: licence.holder_reference, claims: claimsOf(licence) }),
  ])
  if (content.kind === 'transfer') people.push(...peopleIn(content.to))
  await assertNotOwn(services, reader, { actorId: actor.actorId, people })
  return licences
}
