/** A batch's way: requested, then approved or refused by a second person, stopped and gone on with; each step is an act. */
import { setImmediate as breathe } from 'node:timers/promises'
import { fault } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import { assertOtherPerson } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import { assertNotOwn, type Matter, peopleIn } from '../staff/own-matter.ts'
import type { BatchState, BatchTable } from '../storage/batch-schema.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { assertAgencyMayIssue } from '../trust-data/agencies.ts'
import { batchDigest, decodeFacts } from './batch-facts.ts'
import { assertMaySee, loadOwnBatch } from './load-batch.ts'

/** Rows that are read by one statement: others get a turn after each. */
const AT_ONCE = 1000

/** A batch after a step. */
export interface SteppedBatch {
  readonly id: string
  readonly state: BatchState
}

/** Who decides what on which batch, whose rows they have seen under this digest. */
export interface DecideCommand {
  readonly actor: Actor
  readonly batchId: string
  readonly decision: 'approve' | 'refuse'
  readonly digest: string
  readonly reason?: string | undefined
}

/**
 * Approves or refuses a batch: as another person than who requested it, over the digest of the rows as they stand. Throws
 * `auth/forbidden`, `batch/not-found`, `batch/settled`, `batch/other-digest`, `approval/same-person`, `approval/own-matter`,
 * `issuer/type-not-allowed`.
 */
export async function decideBatch(
  services: Services,
  command: DecideCommand,
): Promise<SteppedBatch> {
  const { actor, batchId, decision, digest, reason } = command
  return transact(services.storage, async (transaction) => {
    const batch = await loadOwnBatch(transaction, actor.agencyId, batchId)
    assertAllowed(actor, 'approve-batches', batch.type_code)
    if (batch.state !== 'requested') throw fault('batch/settled')
    await assertOtherPerson(transaction, actor, batch.requester_id)
    const rows = await readRows(transaction, batchId)
    if (digest !== batch.digest || digest !== standingDigest(batch, rows)) {
      throw fault('batch/other-digest')
    }
    const isApproved = decision === 'approve'
    if (isApproved) {
      await assertAgencyMayIssue(transaction, actor.agencyId, batch.type_code)
      await assertNoneOwn(services, transaction, { actor, rows })
    } else await forgetRows(transaction, batchId)
    const decided = { approver_id: actor.actorId, decided_at: services.now() }
    const stepped = await step(services, transaction, {
      batch,
      actor,
      act: `batch/${decision}`,
      to: { ...decided, state: isApproved ? 'approved' : 'refused', reason: reason ?? null },
    })
    failpoint(services.config, 'approval/before-commit')
    return stepped
  })
}

/**
 * Stops a batch: what is issued stays so, nothing more is. One that nobody decided on is withdrawn for good. Throws
 * `auth/forbidden`, `batch/not-found`, `batch/settled`.
 */
export function stopBatch(
  services: Services,
  command: { readonly actor: Actor; readonly batchId: string; readonly reason: string },
): Promise<SteppedBatch> {
  const { actor, batchId, reason } = command
  return transact(services.storage, async (transaction) => {
    const batch = await loadOwnBatch(transaction, actor.agencyId, batchId)
    assertMaySee(actor, batch.type_code)
    if (batch.state === 'requested') {
      return withdrawBatch(services, transaction, { batch, actorId: actor.actorId, reason })
    }
    if (batch.state !== 'approved') throw fault('batch/settled')
    const to = { state: 'stopped', reason } as const
    return step(services, transaction, { batch, actor, act: 'batch/stop', to })
  })
}

/**
 * Goes on with a stopped batch, as another person than who requested it. Throws `auth/forbidden`, `batch/not-found`, `batch/settled`,
 * `approval/same-person`, `approval/own-matter`.
 */
export function resumeBatch(
  services: Services,
  { actor, batchId }: { readonly actor: Actor; readonly batchId: string },
): Promise<SteppedBatch> {
  return transact(services.storage, async (transaction) => {
    const batch = await loadOwnBatch(transaction, actor.agencyId, batchId)
    assertAllowed(actor, 'approve-batches', batch.type_code)
    if (batch.state !== 'stopped') throw fault('batch/settled')
    await assertOtherPerson(transaction, actor, batch.requester_id)
    const rows = await readRows(transaction, batchId)
    await assertNoneOwn(services, transaction, { actor, rows })
    const to = { state: 'approved', reason: null } as const
    return step(services, transaction, { batch, actor, act: 'batch/resume', to })
  })
}

/** Withdraws a batch that nobody decided on, for good; its rows are forgotten. */
export async function withdrawBatch(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly batch: BatchTable; readonly actorId: string; readonly reason: string },
): Promise<SteppedBatch> {
  const { batch, actorId, reason } = of
  await forgetRows(transaction, batch.id)
  const to = { state: 'withdrawn', reason } as const
  return step(services, transaction, { batch, actor: { actorId }, act: 'batch/withdraw', to })
}

/** What each row asks for, in order; nothing of one that is done. */
async function readRows(
  transaction: StorageTransaction,
  batchId: string,
): Promise<readonly (string | null)[]> {
  const facts: (string | null)[] = []
  let last: number | undefined
  for (;;) {
    const rows = transaction
      .selectFrom('batch_row')
      .select(['place', 'facts'])
      .where('batch_id', '=', batchId)
      .orderBy('place')
      .limit(AT_ONCE)
    const some = await (last === undefined ? rows : rows.where('place', '>', last)).execute()
    for (const row of some) facts.push(row.facts)
    last = some.at(-1)?.place
    if (some.length < AT_ONCE) return facts
    await breathe()
  }
}

function standingDigest(batch: BatchTable, rows: readonly (string | null)[]): string {
  const texts = rows.map((facts) => facts ?? '')
  return batchDigest({ agencyId: batch.agency_id, typeCode: batch.type_code, rows: texts })
}

/** Throws `approval/own-matter` where one of its licences is to be that of whoever approves. */
async function assertNoneOwn(
  services: Services,
  transaction: StorageTransaction,
  { actor, rows }: { readonly actor: Actor; readonly rows: readonly (string | null)[] },
): Promise<void> {
  await assertNotOwn(services, transaction, { actorId: actor.actorId, people: holdersIn(rows) })
}

/** Each is read when it is asked for: of most approvers it is not. */
function* holdersIn(rows: readonly (string | null)[]): Matter['people'] {
  for (const facts of rows) if (facts !== null) yield* peopleIn(decodeFacts(facts))
}

/** What will never be issued says nothing about anybody any more. */
async function forgetRows(transaction: StorageTransaction, batchId: string): Promise<void> {
  await transaction.deleteFrom('batch_row').where('batch_id', '=', batchId).execute()
}

async function step(
  services: Services,
  transaction: StorageTransaction,
  {
    batch,
    actor,
    act,
    to,
  }: {
    readonly batch: BatchTable
    readonly actor: Pick<Actor, 'actorId'>
    readonly act: string
    readonly to: Partial<BatchTable> & { readonly state: BatchState }
  },
): Promise<SteppedBatch> {
  await transaction.updateTable('batch').set(to).where('id', '=', batch.id).execute()
  await recordAct(services, transaction, {
    act,
    agency: batch.agency_id,
    actor: actor.actorId,
    facts: { batch: batch.id, rowDigest: batch.digest, reason: to.reason },
  })
  return { id: batch.id, state: to.state }
}
