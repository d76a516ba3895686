/** Requesting a batch: its rows are kept as they were tried, whole or not at all, and wait for a second person. */
import { setImmediate as breathe } from 'node:timers/promises'
import { fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { BatchRowTable, BatchTable } from '../storage/batch-schema.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import { holdOfRow } from './batch-facts.ts'
import { type CheckedBatch, checkBatch, type RowFault } from './check-batch.ts'

/** Rows that are kept by one statement. */
const ROWS = 500

/** A file, and who sends it. */
export interface BatchCommand {
  readonly actor: Actor
  /** Licence type code (证照类型代码). */
  readonly typeCode: string
  readonly bytes: Uint8Array
}

/** What a trial says: the digest is of the rows that are right. */
export interface TrialAnswer {
  readonly rows: number
  readonly digest: string
  readonly faults: readonly RowFault[]
}

/** Tries a file and keeps nothing. Throws `auth/forbidden` and what {@link checkBatch} throws. */
export async function tryBatch(services: Services, command: BatchCommand): Promise<TrialAnswer> {
  const { rows, digest, faults } = await check(services, command)
  return { rows: rows.length, digest, faults }
}

/**
 * Requests a batch and returns the answer's JSON text, the same for each retry. Throws what {@link tryBatch} throws,
 * `batch/rows-at-fault` unless every row is right, `idempotency/key-reused`.
 */
export async function requestBatch(
  services: Services,
  command: BatchCommand & { readonly repeatable: RepeatableRequest },
): Promise<string> {
  // Reading a file takes long, and nobody else writes while a transaction is open. What changes meanwhile is found when it is issued.
  const checking = prepare(services, command)
  await checking.catch(() => undefined)
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request: command.repeatable,
      make: async () => {
        const { faults, ...batch } = await checking
        if (faults.length > 0) {
          throw fault('batch/rows-at-fault', `rows at fault: ${faults.length}`)
        }
        return keep(services, transaction, { actor: command.actor, batch })
      },
    }),
  )
}

async function check(
  { storage }: Services,
  { actor, typeCode, bytes }: BatchCommand,
): Promise<CheckedBatch> {
  assertAllowed(actor, 'request-batches', typeCode)
  return checkBatch(storage, { agencyId: actor.agencyId, typeCode, bytes })
}

/** A batch that was tried, and its rows as they are kept. */
interface PreparedBatch {
  readonly id: string
  readonly typeCode: string
  readonly digest: string
  readonly rows: readonly BatchRowTable[]
  readonly faults: readonly RowFault[]
}

async function prepare(services: Services, command: BatchCommand): Promise<PreparedBatch> {
  const { typeCode, digest, faults, rows: texts } = await check(services, command)
  const id = services.newId()
  const rows: BatchRowTable[] = []
  for (const [at, facts] of faults.length > 0 ? [] : texts.entries()) {
    if (at % ROWS === 0) await breathe()
    const place = at + 1
    const hold = holdOfRow(services, { batchId: id, place, facts })
    rows.push({ batch_id: id, place, facts, hold, licence_id: null, code: null })
  }
  return { id, typeCode, digest, rows, faults }
}

async function keep(
  services: Services,
  transaction: StorageTransaction,
  {
    actor,
    batch: { id, typeCode, digest, rows },
  }: { readonly actor: Actor; readonly batch: Omit<PreparedBatch, 'faults'> },
): Promise<string> {
  const batch: BatchTable = {
    id,
    agency_id: actor.agencyId,
    type_code: typeCode,
    row_count: rows.length,
    digest,
    state: 'requested',
    requester_id: actor.actorId,
    requested_at: services.now(),
    approver_id: null,
    decided_at: null,
    reason: null,
    finished_at: null,
  }
  await transaction.insertInto('batch').values(batch).execute()
  for (let from = 0; from < rows.length; from += ROWS) {
    await transaction
      .insertInto('batch_row')
      .values(rows.slice(from, from + ROWS))
      .execute()
  }
  await recordAct(services, transaction, {
    act: 'batch/request',
    agency: actor.agencyId,
    actor: actor.actorId,
    facts: {
      batch: id,
      type: typeCode,
      rows: rows.length,
      rowDigest: digest,
      row: rowHold(services, [heldText('batch', batch)]),
    },
  })
  return JSON.stringify({ id, state: 'requested', rows: rows.length, digest })
}
