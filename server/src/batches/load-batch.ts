/** Reading batches as their agency sees them; another agency's batch does not exist for it. */
import { fault, type JsonObject, parseJson } from '@onetrip/codec'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { BatchState, BatchTable } from '../storage/batch-schema.ts'
import type { StorageReader } from '../storage/database.ts'

/** Batches or rows of one answer. */
export const BATCH_PAGE = 200

/** Of these no row is kept, and none was issued. */
const FORGOTTEN: readonly BatchState[] = ['withdrawn', 'refused']

/** The batch with this id if it belongs to the agency; throws `batch/not-found`. */
export async function loadOwnBatch(
  reader: StorageReader,
  agencyId: string,
  id: string,
): Promise<BatchTable> {
  const row = await reader
    .selectFrom('batch')
    .selectAll()
    .where('id', '=', id)
    .where('agency_id', '=', agencyId)
    .executeTakeFirst()
  if (row === undefined) throw fault('batch/not-found')
  return row
}

/** The agency's batches of types that the actor has to do with, the newest first. */
export async function listBatches(
  { storage }: Services,
  actor: Actor,
): Promise<{ readonly batches: readonly JsonObject[] }> {
  const rows = await storage
    .selectFrom('batch')
    .selectAll()
    .where('agency_id', '=', actor.agencyId)
    .orderBy('id', 'desc')
    .limit(BATCH_PAGE)
    .execute()
  const seen = rows.filter(({ type_code: type }) => maySee(actor, type))
  return { batches: await Promise.all(seen.map((row) => describe(storage, row))) }
}

/** A batch with how far it is. Throws `batch/not-found`, `auth/forbidden`. */
export async function describeBatch(
  { storage }: Services,
  actor: Actor,
  id: string,
): Promise<JsonObject> {
  return describe(storage, await loadSeenBatch(storage, actor, id))
}

/** Some rows of a batch behind the row `after`: what it asks for, what became of it. Throws as {@link describeBatch}. */
export async function listBatchRows(
  { storage }: Services,
  actor: Actor,
  { id, after }: { readonly id: string; readonly after: number },
): Promise<{ readonly rows: readonly JsonObject[] }> {
  await loadSeenBatch(storage, actor, id)
  const rows = await storage
    .selectFrom('batch_row')
    .leftJoin('licence', 'licence.id', 'batch_row.licence_id')
    .select(['place', 'facts', 'licence_id', 'code', 'licence.identifier'])
    .where('batch_id', '=', id)
    .where('place', '>', after)
    .orderBy('place')
    .limit(BATCH_PAGE)
    .execute()
  return {
    rows: rows.map(({ place, facts, licence_id: licence, identifier, code }) => ({
      place,
      ...(facts === null ? {} : { facts: parseJson(facts) }),
      ...(licence === null || identifier === null ? {} : { licence, identifier }),
      ...(code === null ? {} : { code }),
    })),
  }
}

async function loadSeenBatch(reader: StorageReader, actor: Actor, id: string): Promise<BatchTable> {
  const batch = await loadOwnBatch(reader, actor.agencyId, id)
  assertMaySee(actor, batch.type_code)
  return batch
}

/** Whoever requests or approves batches of a type sees them. */
function maySee({ grants }: Actor, typeCode: string): boolean {
  return grants.some(
    ({ rights, types }) =>
      types.includes(typeCode) &&
      (rights.includes('request-batches') || rights.includes('approve-batches')),
  )
}

/** Throws `auth/forbidden` for who neither requests nor approves batches of this type. */
export function assertMaySee(actor: Actor, typeCode: string): void {
  if (!maySee(actor, typeCode)) throw fault('auth/forbidden')
}

async function describe(reader: StorageReader, batch: BatchTable): Promise<JsonObject> {
  const { issued, refused } = await countRows(reader, batch)
  const people = await reader
    .selectFrom('actor')
    .select(['id', 'name'])
    .where('id', 'in', [batch.requester_id, batch.approver_id ?? batch.requester_id])
    .execute()
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? ''
  return {
    id: batch.id,
    type: batch.type_code,
    digest: batch.digest,
    state: batch.state,
    rows: batch.row_count,
    issued,
    refused,
    requestedBy: nameOf(batch.requester_id),
    requestedAt: batch.requested_at,
    ...(batch.approver_id === null ? {} : { decidedBy: nameOf(batch.approver_id) }),
    ...(batch.decided_at === null ? {} : { decidedAt: batch.decided_at }),
    ...(batch.reason === null ? {} : { reason: batch.reason }),
    ...(batch.finished_at === null ? {} : { finishedAt: batch.finished_at }),
  }
}

/**
 * How many rows are done. Those that wait and those that gave nothing have an index each, and the rest is issued: to read all rows of some large
 * batches takes seconds in which nobody else is answered.
 */
async function countRows(
  reader: StorageReader,
  batch: BatchTable,
): Promise<{ readonly issued: number; readonly refused: number }> {
  if (FORGOTTEN.includes(batch.state)) return { issued: 0, refused: 0 }
  const count = async (column: 'facts' | 'code'): Promise<number> => {
    const { n } = await reader
      .selectFrom('batch_row')
      .select((row) => row.fn.countAll<number>().as('n'))
      .where('batch_id', '=', batch.id)
      .where(column, 'is not', null)
      .executeTakeFirstOrThrow()
    return Number(n)
  }
  const [waiting, refused] = [await count('facts'), await count('code')]
  return { issued: batch.row_count - waiting - refused, refused }
}
