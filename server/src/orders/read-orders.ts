/** Orders as whoever decides them reads them: who asked, whether that is themselves, and each licence as it is now. */
import { fault, type JsonObject, parseJson } from '@onetrip/codec'
import { parseInput } from '../http/read-request.ts'
import { type LicenceLine, registerLines } from '../registers/licence-register.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import { readAs } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LicenceOrderTable } from '../storage/order-schema.ts'
import { readLost } from './lost-credentials.ts'
import { licencesOf, ORDER_REQUEST, type OrderContent } from './order-shape.ts'

const MAX_LISTED = 100
const CONTENT_LIMITS = { maxBytes: 131_072, maxItems: 8192 } as const

/** Orders of the actor's agency, open ones first; what they say stands in each by itself. Throws `auth/forbidden`. */
export async function listOrders(
  { storage }: Services,
  actor: Actor,
): Promise<readonly JsonObject[]> {
  assertAllowed(actor, 'change-status')
  const rows = await storage
    .selectFrom('licence_order')
    .selectAll()
    .where('agency_id', '=', actor.agencyId)
    .orderBy((row) => row.case().when('state', '=', 'requested').then(0).else(1).end())
    .orderBy('id', 'desc')
    .limit(MAX_LISTED)
    .execute()
  const nameOf = await namesIn(storage, rows, actor)
  return rows.map((row) => withPeople(row, { nameOf, actor }))
}

/**
 * One order with all that it says while it waits, and the licences it is about; of lost credentials, how each place reads.
 * Throws `auth/forbidden` unless the actor decides on all that it is about, `approval/not-found`.
 */
export async function readOrder(
  { storage }: Services,
  of: { readonly actor: Actor; readonly id: string },
): Promise<JsonObject> {
  const { actor } = of
  assertAllowed(actor, 'change-status')
  const row = await loadOrder(storage, of)
  const nameOf = await namesIn(storage, [row], actor)
  const order = withPeople(row, { nameOf, actor })
  if (row.content === null) return { ...order, content: null, lines: [] }
  const content = parseContent(row.content)
  const lines = await linesOf(storage, actor, content)
  // What it says is of all of them.
  if (lines.length < licencesOf(content).length) throw fault('auth/forbidden')
  return {
    ...order,
    content: parseJson(row.content, CONTENT_LIMITS),
    lines: lines.map(shown),
    ...(content.kind === 'revoke-lost'
      ? { lost: await readLost(storage, { actor, content }) }
      : {}),
  }
}

/** An order of the actor's agency. Throws `approval/not-found`. */
export async function loadOrder(
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

/** What an order says, as it was kept. Throws `input/*` and `json/*` for what is none. */
export function parseContent(text: string): OrderContent {
  return parseInput(ORDER_REQUEST, parseJson(text, CONTENT_LIMITS))
}

/** An order without what it says of people. */
export function describeOrder(row: LicenceOrderTable): JsonObject {
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

type NameOf = (actorId: string) => string

async function namesIn(
  reader: StorageReader,
  rows: readonly LicenceOrderTable[],
  actor: Actor,
): Promise<NameOf> {
  const ids = new Set([actor.actorId, ...rows.map(({ requester_id: id }) => id)])
  for (const { decider_id: id } of rows) if (id !== null) ids.add(id)
  const people = await reader
    .selectFrom('actor')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? ''
}

function withPeople(
  row: LicenceOrderTable,
  { nameOf, actor }: { readonly nameOf: NameOf; readonly actor: Actor },
): JsonObject {
  const requestedBy = nameOf(row.requester_id)
  return {
    ...describeOrder(row),
    requestedBy,
    ...(row.decider_id === null ? {} : { decidedBy: nameOf(row.decider_id) }),
    // Keys and sessions of one name are one person's.
    isOwn: readAs(requestedBy) === readAs(nameOf(actor.actorId)),
  }
}

async function linesOf(
  reader: StorageReader,
  actor: Actor,
  content: OrderContent,
): Promise<readonly LicenceLine[]> {
  if (content.kind === 'revoke-lost') return []
  const types = actor.grants
    .filter(({ rights }) => rights.includes('change-status'))
    .flatMap((grant) => grant.types)
  const rows = await reader
    .selectFrom('licence')
    .selectAll()
    .where('agency_id', '=', actor.agencyId)
    .where('type_code', 'in', types.length === 0 ? [''] : types)
    .where('id', 'in', licencesOf(content))
    .orderBy('id')
    .execute()
  return registerLines(reader, rows)
}

function shown(line: LicenceLine): JsonObject {
  const { id, identifier, type, typeName, serial, version, holder, validFrom, status } = line
  const { holderReference, validTo, createdAt } = line
  return {
    ...{ id, identifier, type, typeName: { ...typeName }, serial, version, holder },
    ...(holderReference === undefined ? {} : { holderReference }),
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    ...{ status, createdAt },
  }
}
