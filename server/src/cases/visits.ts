/** Visits on the spot (一同勘验): one for several departments, what each found, and clocks that stand still where the law says so. */
import { fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { caseHold } from '../record/case-hold.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { assertNotOwn } from '../staff/own-matter.ts'
import type { CasePartTable } from '../storage/case-schema.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import {
  guideOfPart,
  mayInMatter,
  type OpenedCase,
  openCase,
  partOf,
  peopleOf,
} from './case-rows.ts'
import { visitToJoin } from './planned-visits.ts'
import { runOn } from './step-part.ts'
import { dayAt } from './working-days.ts'

/**
 * Sets a day for parts that are being reviewed; answers the visit's id. On a day on which others visit for the case already, theirs is joined; a part that waits for a visit on another day is moved (改期). Throws `case/not-found`,
 * `case/state` for a part that is not reviewed, `auth/forbidden` unless it is the window or one of the departments, `case/visit` for a day that is over or on which a part waits for its visit already.
 */
export async function setVisit(
  services: Services,
  of: {
    readonly actor: Actor
    readonly caseId: string
    readonly day: string
    readonly parts: readonly string[]
  },
): Promise<string> {
  const { actor, caseId, day, parts: codes } = of
  return transact(services.storage, async (transaction) => {
    const by = { kind: 'staff', actor } as const
    const opened = await openCase(transaction, { by, caseId })
    const parts = [...new Set(codes)].map((code) => partOf(opened, code))
    assertMayVisit(actor, opened, parts)
    await assertNotOwn(services, transaction, { actorId: actor.actorId, people: peopleOf(opened) })
    if (opened.row.state !== 'accepted' || parts.some(({ state }) => state !== 'reviewing')) {
      throw fault('case/state')
    }
    const waiting = await waitingVisits(transaction, caseId, codes)
    if (day < dayAt(services.now()) || waiting.some((visit) => visit.day === day)) {
      throw fault('case/visit')
    }
    for (const visit of waiting) await leaveVisit(transaction, visit)
    const joined = await visitToJoin(transaction, { caseId, day, parts: codes })
    const id = joined ?? services.newId()
    const row = { id, case_id: caseId, day, actor_id: actor.actorId, at: services.now() }
    if (joined === undefined) await transaction.insertInto('case_visit').values(row).execute()
    for (const part of parts) {
      const empty = { passed: null, findings: null, actor_id: null, at: null }
      await transaction
        .insertInto('case_visit_part')
        .values({ visit_id: id, part: part.code, ...empty })
        .execute()
      if (guideOfPart(opened, part.code).visit?.stopsClock !== true) continue
      await setClock(transaction, part, { stopped_since: part.stopped_since ?? services.now() })
    }
    await recordAct(services, transaction, {
      act: 'case/visit-set',
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: {
        case: caseId,
        day,
        parts: codes.join(' '),
        row: await caseHold(services, transaction, caseId),
      },
    })
    return id
  })
}

/** What a department found, once. Throws `case/not-found`, `auth/forbidden`, `case/visit` for a visit without this part, with its findings, or on a day to come: nobody was there. */
export async function noteFindings(
  services: Services,
  of: {
    readonly actor: Actor
    readonly caseId: string
    readonly visitId: string
    readonly part: string
    readonly passed: boolean
    readonly findings: string
  },
): Promise<void> {
  const { actor, caseId, visitId, part: code, passed, findings } = of
  await transact(services.storage, async (transaction) => {
    const by = { kind: 'staff', actor } as const
    const opened = await openCase(transaction, { by, caseId })
    const part = partOf(opened, code)
    const isOwn = actor.agencyId === part.office_id
    if (!isOwn || !mayInMatter(actor, 'review-cases', opened.row.matter)) {
      throw fault('auth/forbidden')
    }
    await assertNotOwn(services, transaction, { actorId: actor.actorId, people: peopleOf(opened) })
    if (part.state !== 'reviewing') throw fault('case/state')
    const { numUpdatedRows } = await transaction
      .updateTable('case_visit_part')
      .set({
        passed: passed ? 1 : 0,
        findings,
        actor_id: actor.actorId,
        at: services.now(),
      })
      .where('visit_id', '=', visitId)
      .where('part', '=', code)
      .where('passed', 'is', null)
      .where('visit_id', 'in', (query) =>
        query
          .selectFrom('case_visit')
          .select('id')
          .where('case_id', '=', caseId)
          .where('day', '<=', dayAt(services.now())),
      )
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw fault('case/visit')
    await setClock(transaction, part, runOn(part, services.now()))
    await recordAct(services, transaction, {
      act: 'case/visit-findings',
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: {
        case: caseId,
        part: code,
        passed: passed ? 1 : 0,
        row: await caseHold(services, transaction, caseId),
      },
    })
  })
}

function assertMayVisit(actor: Actor, { row }: OpenedCase, parts: readonly CasePartTable[]): void {
  const isWindow =
    actor.agencyId === row.office_id && mayInMatter(actor, 'accept-cases', row.matter)
  const isDepartment =
    parts.some(({ office_id: office }) => office === actor.agencyId) &&
    mayInMatter(actor, 'review-cases', row.matter)
  if (parts.length === 0 || !(isWindow || isDepartment)) throw fault('auth/forbidden')
}

interface WaitingVisit {
  readonly visit_id: string
  readonly part: string
  readonly day: string
}

function waitingVisits(
  transaction: StorageTransaction,
  caseId: string,
  codes: readonly string[],
): Promise<readonly WaitingVisit[]> {
  return transaction
    .selectFrom('case_visit_part')
    .innerJoin('case_visit', 'case_visit.id', 'case_visit_part.visit_id')
    .select(['visit_id', 'part', 'day'])
    .where('case_id', '=', caseId)
    .where('part', 'in', [...codes])
    .where('passed', 'is', null)
    .execute()
}

/** Takes a part out of a visit that was not made; one that nobody is left of goes. */
async function leaveVisit(transaction: StorageTransaction, visit: WaitingVisit): Promise<void> {
  const { visit_id: id, part } = visit
  await transaction
    .deleteFrom('case_visit_part')
    .where('visit_id', '=', id)
    .where('part', '=', part)
    .where('passed', 'is', null)
    .execute()
  const left = transaction
    .selectFrom('case_visit_part')
    .select('visit_id')
    .where('visit_id', '=', id)
  await transaction
    .deleteFrom('case_visit')
    .where('id', '=', id)
    .where('id', 'not in', left)
    .execute()
}

async function setClock(
  transaction: StorageTransaction,
  part: CasePartTable,
  change: Partial<Pick<CasePartTable, 'stopped_days' | 'stopped_since' | 'due_day'>>,
): Promise<void> {
  await transaction
    .updateTable('case_part')
    .set({ ...change, version: part.version + 1 })
    .where('case_id', '=', part.case_id)
    .where('code', '=', part.code)
    .execute()
}
