/** 好差评: one of five levels for each part, once; a bad one becomes a task that the department answers (国办发〔2019〕51号). */
import { fault, type JsonObject } from '@onetrip/codec'
import type { Person } from '../citizens/citizen.ts'
import { recordCitizen } from '../citizens/citizen-acts.ts'
import { recordAct } from '../record/append.ts'
import { saidHolds } from '../record/row-hold.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { CaseFeedbackTable } from '../storage/case-schema.ts'
import { isUniqueViolation, type StorageReader, transact } from '../storage/database.ts'
import { openCase, partOf } from './case-rows.ts'
import { PARTS_OVER } from './case-steps.ts'
import { loadGuide } from './guides.ts'
import { addWorkingDays, dayAt } from './working-days.ts'

/** Levels: 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意. */
export const LEVELS = { best: 5, worst: 1, lastBad: 2 } as const
/** Working days in which a bad rating is answered. */
export const ANSWER_DAYS = 15
const MAX_LISTED = 200

/** Says how a part was handled. Throws `case/not-found`, `feedback/not-due` before it is over, `feedback/exists`. */
export async function rate(
  services: Services,
  of: {
    readonly citizen: Person
    readonly caseId: string
    readonly part: string
    readonly level: number
    readonly words?: string | undefined
  },
): Promise<string> {
  const { citizen, caseId, part: code, level, words } = of
  const id = services.newId()
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    const opened = await openCase(transaction, { by: { kind: 'citizen', citizen }, caseId })
    const part = partOf(opened, code)
    if (!PARTS_OVER.includes(part.state) || part.began_at === null) throw fault('feedback/not-due')
    const isBad = level <= LEVELS.lastBad
    const row: CaseFeedbackTable = {
      id,
      case_id: caseId,
      part: code,
      office_id: part.office_id,
      level,
      words: words ?? null,
      at: now,
      state: isBad ? 'open' : 'none',
      due_day: isBad ? addWorkingDays(dayAt(now), ANSWER_DAYS) : null,
      answer: null,
      answered_by: null,
      answered_at: null,
    }
    try {
      await transaction.insertInto('case_feedback').values(row).execute()
    } catch (error) {
      if (isUniqueViolation(error)) throw fault('feedback/exists')
      throw error
    }
    const holds = saidHolds(services, 'case_feedback', row)
    const facts = { case: caseId, rating: id, part: code, level, ...holds }
    const { subject } = citizen
    await recordCitizen(services, transaction, { act: 'case/rate', subject, facts })
  })
  return id
}

/** Ratings of the actor's organisation, tasks first, then the newest. Throws `auth/forbidden`. */
export async function listFeedback(
  services: Services,
  actor: Actor,
): Promise<readonly JsonObject[]> {
  assertAllowed(actor, 'read-cases')
  const rows = await services.storage
    .selectFrom('case_feedback')
    .innerJoin('case_file', 'case_file.id', 'case_feedback.case_id')
    .selectAll('case_feedback')
    .select(['number', 'matter', 'guide_version'])
    .where('case_feedback.office_id', '=', actor.agencyId)
    .orderBy((row) => row.case().when('case_feedback.state', '=', 'open').then(0).else(1).end())
    .orderBy('case_feedback.id', 'desc')
    .limit(MAX_LISTED)
    .execute()
  const nameOf = await partNames(services.storage, rows)
  return rows.map((row) => ({
    id: row.id,
    case: row.case_id,
    number: row.number,
    part: row.part,
    name: nameOf(row),
    level: row.level,
    words: row.words,
    at: row.at,
    state: row.state,
    dueDay: row.due_day,
    answer: row.answer,
    answeredAt: row.answered_at,
  }))
}

interface RatedPart {
  readonly matter: string
  readonly guide_version: number
  readonly part: string
}

/** What the parts are called in the version of the guide that each case goes by. */
async function partNames(
  reader: StorageReader,
  rated: readonly RatedPart[],
): Promise<(of: RatedPart) => JsonObject> {
  const names = new Map<string, JsonObject>()
  const keyOf = (of: RatedPart): string => `${of.matter} ${of.guide_version} ${of.part}`
  for (const one of rated) {
    if (names.has(keyOf(one))) continue
    const { matter } = await loadGuide(reader, one.matter, one.guide_version)
    for (const { code, name } of matter.parts) names.set(keyOf({ ...one, part: code }), { ...name })
  }
  return (of) => names.get(keyOf(of)) ?? {}
}

/** Answers a bad rating, once. Throws `auth/forbidden`, `feedback/not-found`, `feedback/settled`. */
export async function answerFeedback(
  services: Services,
  of: { readonly actor: Actor; readonly id: string; readonly answer: string },
): Promise<void> {
  const { actor, id, answer } = of
  assertAllowed(actor, 'approve-cases')
  await transact(services.storage, async (transaction) => {
    const row = await transaction
      .selectFrom('case_feedback')
      .select('state')
      .where('id', '=', id)
      .where('office_id', '=', actor.agencyId)
      .executeTakeFirst()
    if (row === undefined) throw fault('feedback/not-found')
    const answered = await transaction
      .updateTable('case_feedback')
      .set({
        state: 'answered',
        answer,
        answered_by: actor.actorId,
        answered_at: services.now(),
      })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .returningAll()
      .executeTakeFirst()
    if (answered === undefined) throw fault('feedback/settled')
    await recordAct(services, transaction, {
      act: 'case/answer-rating',
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: {
        case: answered.case_id,
        rating: id,
        ...saidHolds(services, 'case_feedback', answered),
      },
    })
  })
}
