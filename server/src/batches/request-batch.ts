/** Requesting a batch: its rows are kept as they were tried, whole or not at all, and wait for a second person. */
import { fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { BatchTable } from '../storage/batch-schema.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import { holdOfRow } from './batch-facts.ts'
import { type CheckedBatch, checkBatch, type RowFault } from './check-batch.ts'

/** Rows that are kept by one statement: four values each. */
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
  const checking = check(services, command)
  await checking.catch(() => undefined)
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request: command.repeatable,
      make: async () => {
        const checked = await checking
        if (checked.faults.length > 0) {
          throw fault('batch/rows-at-fault', `rows at fault: ${checked.faults.length}`)
        }
        return keep(services, transaction, { actor: command.actor, checked })
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

async function keep(
  services: Services,
  transaction: StorageTransaction,
  { actor, checked }: { readonly actor: Actor; readonly checked: CheckedBatch },
): Promise<string> {
  const { typeCode, rows, digest } = checked
  const id = services.newId()
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
  const kept = rows.map((facts, at) => {
    const place = at + 1
    return { batch_id: id, place, facts, hold: holdOfRow(services, { batchId: id, place, facts }) }
  })
  for (let from = 0; from < kept.length; from += ROWS) {
    await transaction
      .insertInto('batch_row')
      .values(kept.slice(from, from + ROWS))
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
