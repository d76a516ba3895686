/**
 * Issuing an approved batch, some rows at a time: their licences, the acts, and that the rows are done are one transaction. So a process
 * that is killed anywhere leaves rows that wait or rows that are done, any process goes on, and no row is issued twice; should one try,
 * the database holds each licence to one row. What a row says is what was approved, or the batch stops. Holders receive what was issued as every licence of theirs; no offer is made, which would
 * be over before most of them come.
 */
import { type ErrorCode, Fault } from '@onetrip/codec'
import { licenceIdentifier, type TypeDefinition } from '@onetrip/credential'
import { failpoint } from '../failpoint.ts'
import { draftedSerials, nextSerial } from '../licences/licence-numbers.ts'
import { factsOf, type LicenceRequest } from '../licences/licence-request.ts'
import { type Act, recordAct, recordActs } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import type { Services } from '../services.ts'
import type { BatchRowTable, BatchTable } from '../storage/batch-schema.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { assertAgencyMayIssue, loadType } from '../trust-data/agencies.ts'
import { decodeFacts, holdOfRow } from './batch-facts.ts'

/** Rows of one transaction: others who write wait for it. */
const CHUNK_ROWS = 100

/** Issues the next rows of a batch that is approved; answers whether more of them may wait. */
export async function issueChunk(services: Services, batchId: string): Promise<boolean> {
  const { storage, config } = services
  const mayBeMore = await transact(storage, async (transaction) => {
    const batch = await transaction
      .selectFrom('batch')
      .selectAll()
      .where('id', '=', batchId)
      .where('state', '=', 'approved')
      .executeTakeFirst()
    if (batch === undefined) return false
    const waiting = await transaction
      .selectFrom('batch_row')
      .select(['place', 'facts', 'hold'])
      .where('batch_id', '=', batchId)
      .where('facts', 'is not', null)
      .orderBy('place')
      .limit(CHUNK_ROWS)
      .execute()
    failpoint(config, 'batch/after-read')
    if (waiting.length === 0) {
      await endBatch(services, transaction, { batch, state: 'done', reason: null })
      return false
    }
    const type = await allowedType(services, transaction, batch)
    if (type === undefined) return false
    if (!waiting.every((row) => isAsApproved(services, batchId, row))) {
      await endBatch(services, transaction, {
        batch,
        state: 'stopped',
        reason: 'batch/other-digest',
      })
      return false
    }
    const rows = waiting.map(({ place, facts }) => ({ place, request: decodeFacts(facts ?? '') }))
    await issueRows(services, transaction, { batch, type, rows })
    failpoint(config, 'batch/before-commit')
    return true
  })
  failpoint(config, 'batch/after-commit')
  return mayBeMore
}

/** The digest was compared once, when the batch was approved; each row is held by itself until it is issued. */
function isAsApproved(
  services: Services,
  batchId: string,
  { place, facts, hold }: Pick<BatchRowTable, 'place' | 'facts' | 'hold'>,
): boolean {
  return facts !== null && hold === holdOfRow(services, { batchId, place, facts })
}

interface WaitingRow {
  readonly place: number
  readonly request: LicenceRequest
}

/** The type as it is at this time; where the agency may not issue it any more the batch stops. */
async function allowedType(
  services: Services,
  transaction: StorageTransaction,
  batch: BatchTable,
): Promise<TypeDefinition | undefined> {
  try {
    await assertAgencyMayIssue(transaction, batch.agency_id, batch.type_code)
    return await loadType(transaction, batch.type_code)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    await endBatch(services, transaction, { batch, state: 'stopped', reason: error.code })
    return undefined
  }
}

async function issueRows(
  services: Services,
  transaction: StorageTransaction,
  {
    batch,
    type,
    rows,
  }: {
    readonly batch: BatchTable
    readonly type: TypeDefinition
    readonly rows: readonly WaitingRow[]
  },
): Promise<void> {
  const taken = await takenIdentifiers(transaction, { batch, rows })
  const licences: LicenceTable[] = []
  const acts: Act[] = []
  const done: BatchRowTable[] = []
  const isDone = (place: number, of: Pick<BatchRowTable, 'licence_id' | 'code'>): void => {
    done.push({ batch_id: batch.id, place, facts: null, hold: null, ...of })
  }
  for (const { place, request } of rows) {
    const serial = request.serial ?? (await freeSerial(transaction, { batch, taken, request }))
    const made = licenceOf(services, { batch, type, request, serial, taken })
    if (typeof made === 'string') {
      isDone(place, { licence_id: null, code: made })
      continue
    }
    licences.push(made)
    isDone(place, { licence_id: made.id, code: null })
    taken.add(nameOf(serial, made.version))
    acts.push({
      act: 'licence/issue',
      agency: batch.agency_id,
      actor: made.actor_id,
      facts: {
        licence: made.id,
        type: type.typeCode,
        version: made.version,
        row: rowHold(services, [heldText('licence', made)]),
        batch: batch.id,
      },
    })
  }
  if (licences.length > 0) {
    await transaction.insertInto('licence').values(licences).execute()
    failpoint(services.config, 'batch/after-licences')
    await recordActs(services, transaction, acts)
  }
  // All of them are there: as one statement this takes a fifth of what one for each does.
  await transaction
    .insertInto('batch_row')
    .values(done)
    .onConflict((conflict) =>
      conflict.columns(['batch_id', 'place']).doUpdateSet(({ ref }) => ({
        facts: null,
        hold: null,
        licence_id: ref('excluded.licence_id'),
        code: ref('excluded.code'),
      })),
    )
    .execute()
}

/** The row of one licence, or why there is none: rules and registers may have changed since the batch was tried. */
function licenceOf(
  services: Services,
  {
    batch,
    type,
    request,
    serial,
    taken,
  }: {
    readonly batch: BatchTable
    readonly type: TypeDefinition
    readonly request: LicenceRequest
    readonly serial: string
    readonly taken: ReadonlySet<string>
  },
): LicenceTable | ErrorCode {
  if (taken.has(nameOf(serial, request.version ?? 1))) return 'licence/exists'
  try {
    const facts = factsOf(type, request, serial)
    const { typeCode } = type
    const issuer = batch.agency_id
    return {
      id: services.newId(),
      agency_id: issuer,
      type_code: typeCode,
      type_version: type.version,
      serial,
      version: facts.version,
      identifier: licenceIdentifier({ typeCode, issuer, serial, version: facts.version }),
      valid_from: facts.validFrom,
      valid_to: facts.validTo ?? null,
      claims: JSON.stringify(facts.claims),
      holder_reference: request.holderReference ?? null,
      status: 'valid',
      actor_id: batch.approver_id ?? batch.requester_id,
      created_at: services.now(),
    }
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

/** Serials with versions that licences have: of those that the rows name. */
async function takenIdentifiers(
  transaction: StorageTransaction,
  { batch, rows }: { readonly batch: BatchTable; readonly rows: readonly WaitingRow[] },
): Promise<Set<string>> {
  const { agency_id: agencyId, type_code: typeCode } = batch
  // What a case is about to give is a first version.
  const drafted = await draftedSerials(transaction, { agencyId, typeCode })
  const taken = new Set([...drafted].map((serial) => nameOf(serial, 1)))
  const serials = rows.flatMap(({ request }) => request.serial ?? [])
  if (serials.length === 0) return taken
  return new Set([...taken, ...(await namesOf(transaction, batch, serials))])
}

/** The next serial of the type that nobody named already. */
async function freeSerial(
  transaction: StorageTransaction,
  {
    batch,
    taken,
    request,
  }: {
    readonly batch: BatchTable
    readonly taken: ReadonlySet<string>
    readonly request: LicenceRequest
  },
): Promise<string> {
  for (;;) {
    const serial = await nextSerial(transaction, {
      agencyId: batch.agency_id,
      typeCode: batch.type_code,
    })
    const name = nameOf(serial, request.version ?? 1)
    if (taken.has(name)) continue
    const known = await namesOf(transaction, batch, [serial])
    if (!known.includes(name)) return serial
  }
}

async function namesOf(
  transaction: StorageTransaction,
  batch: BatchTable,
  serials: readonly string[],
): Promise<readonly string[]> {
  const rows = await transaction
    .selectFrom('licence')
    .select(['serial', 'version'])
    .where('agency_id', '=', batch.agency_id)
    .where('type_code', '=', batch.type_code)
    .where('serial', 'in', serials)
    .execute()
  return rows.map(({ serial, version }) => nameOf(serial, version))
}

function nameOf(serial: string, version: number): string {
  return `${serial}/${version}`
}

/** Ends a batch, or stops it for a reason that is a code. */
export async function endBatch(
  services: Services,
  transaction: StorageTransaction,
  {
    batch,
    state,
    reason,
  }: {
    readonly batch: BatchTable
    readonly state: 'done' | 'stopped'
    readonly reason: string | null
  },
): Promise<void> {
  const finished = state === 'done' ? { finished_at: services.now() } : {}
  await transaction
    .updateTable('batch')
    .set({ state, reason, ...finished })
    .where('id', '=', batch.id)
    .execute()
  await recordAct(services, transaction, {
    act: state === 'done' ? 'batch/done' : 'batch/stop',
    agency: batch.agency_id,
    facts: { batch: batch.id, rowDigest: batch.digest, reason },
  })
}
