/**
 * Using a seal needs two people: one asks for it on certain files, another, its keeper, approves exactly their digests. An
 * approval is one for each file, ends by itself, and is worth nothing for any other bytes.
 */

import { fault } from '@onetrip/codec'
import { openRow, peopleOf } from '../cases/case-rows.ts'
import { failpoint } from '../failpoint.ts'
import { recordAct } from '../record/append.ts'
import { rowHold, useTexts } from '../record/row-hold.ts'
import type { Actor } from '../rights/actor.ts'
import { assertOtherPerson } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import { assertNotOwn } from '../staff/own-matter.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import type { SealUseFileTable, SealUseTable } from '../storage/seal-schema.ts'
import type { Decision, UseRequest } from './seal-request.ts'
import { assertOwner, loadSeal } from './seal-rows.ts'

/** What a seal can stand in. */
export const PDF_MEDIA_TYPE = 'application/pdf'
/** How long a request waits for its keeper. */
export const REQUEST_SECONDS: number = 7 * 86_400
/** How long an approval may be used. */
export const APPROVAL_SECONDS = 86_400

/**
 * Records a request and answers its id; the same for each retry. Throws `auth/forbidden`, `seal/not-found`, `seal/state` for a seal that is not in
 * use, `input/invalid` for a digest that is there twice.
 */
export async function requestUse(
  services: Services,
  wanted: {
    readonly actor: Actor
    readonly sealId: string
    readonly request: UseRequest
    readonly repeatable: RepeatableRequest | undefined
  },
): Promise<string> {
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request: wanted.repeatable,
      make: () => recordUse(services, transaction, wanted),
    }),
  )
}

/** As {@link requestUse}, in the transaction of what needs it. */
export async function recordUse(
  services: Services,
  transaction: StorageTransaction,
  { actor, sealId, request }: Parameters<typeof requestUse>[1],
): Promise<string> {
  const digests = new Set(request.files.map(({ sha256 }) => sha256))
  if (digests.size !== request.files.length) throw fault('input/invalid', 'at fault: files')
  const id = services.newId()
  const seal = await loadSeal(transaction, actor, sealId)
  assertOwner(actor, seal, 'request-seal')
  if (seal.state !== 'in-use') throw fault('seal/state')
  const now = services.now()
  const use: SealUseTable = {
    id,
    seal_id: sealId,
    purpose: request.purpose,
    state: 'requested',
    requester_id: actor.actorId,
    requested_at: now,
    keeper_id: null,
    decided_at: null,
    reason: null,
    good_until: now + REQUEST_SECONDS,
  }
  await transaction.insertInto('seal_use').values(use).execute()
  const rows = request.files.map(({ sha256, length, mediaType, name, place }, sequence) => {
    if (place !== undefined && mediaType !== PDF_MEDIA_TYPE) throw fault('approval/place')
    return {
      use_id: id,
      sequence,
      sha256,
      length,
      media_type: mediaType,
      name: name ?? null,
      place: place === undefined ? null : JSON.stringify(place),
      state: 'waiting' as const,
      draft: null,
      result: null,
      sealed_at: null,
      stamped_at: null,
      stamp_fault: null,
    }
  })
  await transaction.insertInto('seal_use_file').values(rows).execute()
  await recordAct(services, transaction, {
    act: 'seal-use/request',
    agency: actor.agencyId,
    actor: actor.actorId,
    facts: {
      use: id,
      seal: sealId,
      purpose: request.purpose,
      files: rows.length,
      row: rowHold(services, useTexts(use, rows)),
    },
  })
  return id
}

/**
 * A keeper's decision, over exactly the digests of the request; decided once. Throws `auth/forbidden`, `approval/not-found`,
 * `approval/same-person` (whoever asked, under whichever key, and what is no person), `approval/settled`, `approval/expired`,
 * `approval/other-files`, `approval/own-matter` for a decision in one's own case, `seal/state`.
 */
export async function decideUse(
  services: Services,
  wanted: { readonly actor: Actor; readonly useId: string; readonly decision: Decision },
): Promise<SealUseTable['state']> {
  const { actor, useId, decision } = wanted
  const state = decision.decision === 'approve' ? 'approved' : 'refused'
  await transact(services.storage, async (transaction) => {
    const use = await loadUse(transaction, actor, useId)
    const seal = await loadSeal(transaction, actor, use.seal_id)
    assertOwner(actor, seal, 'keep-seals')
    await assertOtherPerson(transaction, actor, use.requester_id)
    await assertNotOwnCase(services, transaction, { actor, useId })
    if (use.state !== 'requested') throw fault('approval/settled')
    const now = services.now()
    if (now > use.good_until) throw fault('approval/expired')
    if (state === 'approved' && seal.state !== 'in-use') throw fault('seal/state')
    const files = await filesOf(transaction, useId)
    assertSameFiles(files, decision.files)
    const decided = {
      state,
      keeper_id: actor.actorId,
      decided_at: now,
      reason: decision.reason ?? null,
      good_until: now + APPROVAL_SECONDS,
    } as const
    await transaction.updateTable('seal_use').set(decided).where('id', '=', useId).execute()
    await recordAct(services, transaction, {
      act: `seal-use/${decision.decision}`,
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: {
        use: useId,
        seal: use.seal_id,
        reason: decision.reason,
        row: rowHold(services, useTexts({ ...use, ...decided }, files)),
      },
    })
    failpoint(services.config, 'approval/before-commit')
  })
  return state
}

/** A request of the actor's organisation; throws `approval/not-found` for all others. */
export async function loadUse(
  reader: StorageReader,
  actor: Actor,
  useId: string,
): Promise<SealUseTable> {
  const use = await reader
    .selectFrom('seal_use')
    .innerJoin('seal', 'seal.id', 'seal_use.seal_id')
    .selectAll('seal_use')
    .where('seal_use.id', '=', useId)
    .where('seal.owner_id', '=', actor.agencyId)
    .executeTakeFirst()
  if (use === undefined) throw fault('approval/not-found')
  return use
}

async function assertNotOwnCase(
  services: Services,
  reader: StorageReader,
  { actor, useId }: { readonly actor: Actor; readonly useId: string },
): Promise<void> {
  const row = await reader
    .selectFrom('case_part')
    .innerJoin('case_file', 'case_file.id', 'case_part.case_id')
    .selectAll('case_file')
    .where('use_id', '=', useId)
    .executeTakeFirst()
  if (row === undefined) return
  await assertNotOwn(services, reader, {
    actorId: actor.actorId,
    people: peopleOf(await openRow(reader, row)),
  })
}

function filesOf(reader: StorageReader, useId: string): Promise<readonly SealUseFileTable[]> {
  return reader
    .selectFrom('seal_use_file')
    .selectAll()
    .where('use_id', '=', useId)
    .orderBy('sequence')
    .execute()
}

function assertSameFiles(
  rows: readonly Pick<SealUseFileTable, 'sha256'>[],
  seen: readonly string[],
): void {
  const asked = new Set(rows.map(({ sha256 }) => sha256))
  const isSame = seen.length === asked.size && seen.every((digest) => asked.delete(digest))
  if (!isSame) throw fault('approval/other-files')
}
