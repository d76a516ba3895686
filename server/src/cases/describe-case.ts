/** A case as whoever it concerns sees it: the window and the applicant all of it, a department its parts and what they need. */
import { type JsonObject, type JsonValue, parseJson } from '@onetrip/codec'
import type { Services } from '../services.ts'
import { isOwnMatter } from '../staff/own-matter.ts'
import type { CaseMaterialTable, CasePartTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import { loadType } from '../trust-data/agencies.ts'
import { type OfficeName, officeNames } from '../trust-data/office-names.ts'
import { alikeOf } from './alike.ts'
import {
  answersOf,
  type CaseActor,
  formOf,
  guideOfPart,
  hasDecision,
  isAtWindow,
  mayInMatter,
  type OpenedCase,
  openCase,
  partsFor,
  peopleOf,
  storedObject,
} from './case-rows.ts'
import { CASE_STEPS, PART_STEPS, PARTS_OVER, type Step, suitsResult } from './case-steps.ts'
import { fixedBy } from './fixed-by-decision.ts'
import { needsVisit } from './guide.ts'
import type { PartResult } from './guide-shape.ts'
import { OBJECTION } from './objection.ts'
import { plannedVisits } from './planned-visits.ts'
import { isSamePerson } from './same-person.ts'
import { timeLimitAt } from './time-limit.ts'
import { maySee } from './uploads.ts'
import { dayAt, workingDaysBetween } from './working-days.ts'

type Ground = OpenedCase['plan']['parts'][number]['refusalGrounds'][number]

/** Describes a case. Throws `case/not-found` for whoever it does not concern. */
export async function describeCase(
  services: Services,
  of: { readonly by: CaseActor; readonly caseId: string },
): Promise<JsonObject> {
  const { by, caseId } = of
  const { storage } = services
  const opened = await openCase(storage, { by, caseId })
  const { row, matter } = opened
  const rated = by.kind === 'citizen' ? await ratedParts(storage, caseId) : []
  const isWhole = by.kind === 'citizen' || isAtWindow(by, row)
  const parts = partsFor(by, opened)
  const steps = await stepsOf(storage, caseId)
  const seen = steps.filter(
    ({ part }) => isWhole || part === '' || parts.some(({ code }) => code === part),
  )
  const visits = await visitsOf(storage, caseId)
  const today = dayAt(services.now())
  const nameOf = await officeNames(storage, [row.office_id, ...parts.map((part) => part.office_id)])
  const described = await Promise.all(
    parts.map((part) => partOfCase(services, { opened, by, part, office: nameOf(part.office_id) })),
  )
  return {
    id: row.id,
    matter: row.matter,
    name: { ...matter.name },
    guide: row.guide_version,
    office: row.office_id,
    officeName: nameOf(row.office_id),
    state: row.state,
    version: row.version,
    channel: row.channel,
    number: row.number,
    createdAt: row.created_at,
    submittedAt: row.submitted_at,
    acceptedAt: row.accepted_at,
    closedAt: row.closed_at,
    trips: row.trips,
    ...(isWhole ? { applicant: row.applicant } : {}),
    answers: { ...answersOf(row) },
    form: { ...formOf(row) },
    fields: fieldsOf(opened, isWhole),
    materials: opened.plan.materials
      .filter(({ code }) => maySee(by, opened, code))
      .map((due) => materialOf({ opened, by, today }, due.code)),
    parts: described,
    ...(by.kind === 'citizen'
      ? { rated: [...rated] }
      : {
          alike: await alikeOf(services, opened, { actor: by.actor, isWhole }),
          planned: [...(await plannedVisits(services, opened))],
        }),
    visits: visits.filter(({ part }) => parts.some(({ code }) => code === part)),
    actions: [...actionsFor(CASE_STEPS, { by, opened, part: undefined })],
    ...(row.state === 'declined' ? { declined: await declinedOf(storage, opened) } : {}),
    steps: seen.map((step) => ({ ...step, by: by.kind === 'staff' ? step.by : null })),
  }
}

/** The one form's fields; whoever sees every part sees which of them were decided by a field. */
function fieldsOf(opened: OpenedCase, isWhole: boolean): JsonValue {
  return opened.guide.form.map((field) => ({
    ...storedObject(JSON.stringify(field)),
    fixedBy: isWhole ? [...fixedBy(opened, field)] : [],
  }))
}

/** On which legal ground a case was not accepted, where it is kept, and what can be done against it. */
async function declinedOf(reader: StorageReader, { row, plan }: OpenedCase): Promise<JsonObject> {
  const step = await reader
    .selectFrom('case_transition')
    .select('ground')
    .where('case_id', '=', row.id)
    .where('to_state', '=', 'declined')
    .where('part', '=', '')
    .executeTakeFirst()
  const grounds = plan.parts.flatMap(({ refusalGrounds }) => refusalGrounds)
  const ground = grounds.find(({ code }) => code === step?.ground)
  return {
    ...(ground === undefined ? {} : { ground: groundAsData(ground) }),
    objection: { ...OBJECTION },
  }
}

function groundAsData({ code, text, basis }: Ground): JsonObject {
  return { code, text: { ...text }, basis }
}

/** Parts that whoever applied has rated. */
async function ratedParts(reader: StorageReader, caseId: string): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('case_feedback')
    .select('part')
    .where('case_id', '=', caseId)
    .execute()
  return rows.map(({ part }) => part)
}

/** Names of steps that the actor may take from here; what has to hold besides is seen when they do. */
function actionsFor(
  steps: readonly Step[],
  of: {
    readonly by: CaseActor
    readonly opened: OpenedCase
    readonly part: CasePartTable | undefined
  },
): readonly string[] {
  const { by, opened, part } = of
  const state = part === undefined ? opened.row.state : part.state
  if (part !== undefined && opened.row.state !== 'accepted') return []
  const isThere = isAtWindow(by, opened.row)
  const isDepartment = by.kind === 'staff' && by.actor.agencyId === part?.office_id
  const kind = part === undefined ? undefined : guideOfPart(opened, part.code).result.kind
  const possible = steps.filter((step) => {
    if (step.from !== state || (kind !== undefined && !suitsResult(step, kind))) return false
    if (step.needs.includes('parts-over') && !areOver(opened)) return false
    if (step.needs.includes('nothing-approved') && hasDecision(opened)) return false
    if (by.kind === 'citizen') return step.by.includes('applicant')
    const isPlace = { window: isThere, department: isDepartment, either: isThere || isDepartment }
    return (
      isPlace[step.at] &&
      step.by.some(
        (doer) =>
          doer !== 'applicant' &&
          doer !== 'server' &&
          mayInMatter(by.actor, doer, opened.row.matter),
      )
    )
  })
  return [...new Set(possible.map(({ action }) => action))]
}

function areOver({ parts }: Pick<OpenedCase, 'parts'>): boolean {
  return parts.every(({ state }) => PARTS_OVER.includes(state))
}

async function partOfCase(
  services: Services,
  of: {
    readonly opened: OpenedCase
    readonly by: CaseActor
    readonly part: CasePartTable
    readonly office: OfficeName
  },
): Promise<JsonObject> {
  const { opened, by, part, office } = of
  const guide = guideOfPart(opened, part.code)
  const ground = guide.refusalGrounds.find(({ code }) => code === part.ground)
  const isDecided = part.state !== 'drafted' && part.state !== 'refusing'
  // What is only proposed is the department's own.
  const sees = isDecided || (by.kind === 'staff' && by.actor.agencyId === part.office_id)
  return {
    code: part.code,
    name: { ...guide.name },
    office: part.office_id,
    officeName: office,
    state: part.state,
    version: part.version,
    result: await resultOf(services.storage, guide.result),
    conditions: guide.conditions.map((text) => ({ ...text })),
    grounds: guide.refusalGrounds.map(groundAsData),
    needsVisit: needsVisit(guide, answersOf(opened.row)),
    basis: [...guide.basis],
    limit: limitOf(services, part),
    ...(sees ? decisionOf(part) : {}),
    ...(sees && ground !== undefined ? { ground: groundAsData(ground) } : {}),
    ...(part.state === 'refused' ? { objection: { ...OBJECTION } } : {}),
    licence: part.licence_id,
    sealUse: by.kind === 'staff' ? part.use_id : null,
    actions: [...actionsFor(PART_STEPS, { by, opened, part })],
    mayApprove: by.kind === 'staff' && (await isUninvolved(services, opened, part, by)),
  }
}

/** What comes of a part; of a licence, the version in which it is drafted. */
async function resultOf(reader: StorageReader, result: PartResult): Promise<JsonObject> {
  const json: JsonObject = JSON.parse(JSON.stringify(result))
  if (result.kind !== 'licence') return json
  return { ...json, typeVersion: (await loadType(reader, result.type)).version }
}

/** How the part's clock stands; null before it begins. */
export function limitOf(
  { now }: Pick<Services, 'now'>,
  part: Pick<
    CasePartTable,
    'began_at' | 'promised_days' | 'warn_days' | 'stopped_days' | 'stopped_since' | 'ended_at'
  >,
): JsonObject | null {
  if (part.began_at === null) return null
  const limit = timeLimitAt(
    {
      beganAt: part.began_at,
      promisedDays: part.promised_days,
      warnDays: part.warn_days,
      stoppedDays: part.stopped_days,
      ...(part.stopped_since === null ? {} : { stoppedSince: part.stopped_since }),
      ...(part.ended_at === null ? {} : { endedAt: part.ended_at }),
    },
    now(),
  )
  return { ...limit }
}

function decisionOf(part: CasePartTable): JsonObject {
  return {
    opinion: part.opinion,
    draft: part.draft === null ? null : storedObject(part.draft),
    document: part.document,
    sha256: part.document_sha256,
  }
}

function materialOf(
  {
    opened,
    by,
    today,
  }: { readonly opened: OpenedCase; readonly by: CaseActor; readonly today: string },
  code: string,
): JsonObject {
  const due = opened.plan.materials.find((one) => one.code === code)
  const known = opened.matter.materials.find((one) => one.code === code)
  const there = opened.materials.find((one) => one.code === code)
  return {
    code,
    name: { ...known?.name },
    sources: [...(due?.sources ?? [])],
    deferDays: due?.deferDays ?? null,
    promise: due?.promise === undefined ? null : { ...due.promise },
    parts: [...(due?.parts ?? [])],
    ...(there === undefined ? { way: null } : thereOf(there, by, today)),
  }
}

/** How urgent a material is that follows later (容缺). */
function reminderFor(dueDay: string, today: string): 'none' | 'soon' | 'late' {
  if (today > dueDay) return 'late'
  return workingDaysBetween(today, dueDay) <= 1 ? 'soon' : 'none'
}

function thereOf(row: CaseMaterialTable, by: CaseActor, today: string): JsonObject {
  const evidence: JsonValue = parseJson(row.evidence, { maxBytes: 1_048_576, maxItems: 65_536 })
  return {
    way: row.way,
    at: row.at,
    dueDay: row.due_day,
    reminder: row.due_day === null ? null : reminderFor(row.due_day, today),
    evidence,
    takenInBy: by.kind === 'staff' ? row.actor_id : null,
  }
}

async function isUninvolved(
  services: Services,
  opened: OpenedCase,
  part: CasePartTable,
  by: CaseActor,
): Promise<boolean> {
  if (by.kind !== 'staff') return false
  const { storage } = services
  const { actorId } = by.actor
  if (await isOwnMatter(services, storage, { actorId, people: peopleOf(opened) })) return false
  return !(await isSamePerson(storage, { opened, part, actorId }))
}

interface DescribedStep {
  readonly [name: string]: string | number | null
  readonly part: string
  readonly by: string | null
}

async function stepsOf(reader: StorageReader, caseId: string): Promise<readonly DescribedStep[]> {
  const rows = await reader
    .selectFrom('case_transition')
    .leftJoin('actor', 'actor.id', 'case_transition.actor_id')
    .select(['part', 'action', 'from_state', 'to_state', 'doer', 'reason', 'at', 'actor.name'])
    .where('case_id', '=', caseId)
    .orderBy('sequence')
    .execute()
  return rows.map((row) => ({
    part: row.part,
    action: row.action,
    from: row.from_state,
    to: row.to_state,
    doer: row.doer,
    by: row.name,
    reason: row.reason,
    at: row.at,
  }))
}

interface DescribedVisit {
  readonly [name: string]: string | number | boolean | null
  readonly part: string
}

async function visitsOf(reader: StorageReader, caseId: string): Promise<readonly DescribedVisit[]> {
  const rows = await reader
    .selectFrom('case_visit')
    .innerJoin('case_visit_part', 'case_visit_part.visit_id', 'case_visit.id')
    .select(['case_visit.id', 'day', 'part', 'passed', 'findings', 'case_visit_part.at as doneAt'])
    .where('case_id', '=', caseId)
    .orderBy('case_visit.id')
    .execute()
  return rows.map(({ passed, ...row }) => ({
    ...row,
    passed: passed === null ? null : passed === 1,
  }))
}
