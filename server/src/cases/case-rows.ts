/** Cases and parts as they are read: by those whom they concern, and for everybody else they do not exist. */
import { fault, isObject, type JsonObject, parseJson } from '@onetrip/codec'
import type { Answers } from '@onetrip/credential'
import type { Person } from '../citizens/citizen.ts'
import { type Actor, allowedMatters, hasRight } from '../rights/actor.ts'
import type { Right } from '../rights/rights.ts'
import type { CaseMaterialTable, CasePartTable, CaseTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import { PARTS_DECIDED } from './case-steps.ts'
import { type Plan, planFor, withFieldsFor } from './guide.ts'
import { type GuidedMatter, loadGuide } from './guides.ts'

const JSON_LIMITS = { maxBytes: 1_048_576, maxItems: 65_536 } as const

/** Who acts on a case: a member of staff (or a key), or the citizen whose it is. */
export type CaseActor =
  | { readonly kind: 'staff'; readonly actor: Actor }
  | { readonly kind: 'citizen'; readonly citizen: Person }

/** A case with all that is decided about together; its guide has the fields that apply to it, and no other. */
export interface OpenedCase extends GuidedMatter {
  readonly row: CaseTable
  readonly plan: Plan
  readonly parts: readonly CasePartTable[]
  readonly materials: readonly CaseMaterialTable[]
}

/** Opens a case that concerns the actor. Throws `case/not-found` for all others. */
export async function openCase(
  reader: StorageReader,
  of: { readonly by: CaseActor; readonly caseId: string },
): Promise<OpenedCase> {
  const { by, caseId } = of
  const row = await reader
    .selectFrom('case_file')
    .selectAll()
    .where('id', '=', caseId)
    .executeTakeFirst()
  if (row === undefined) throw fault('case/not-found')
  const opened = await openRow(reader, row)
  if (!concerns(by, row, opened.parts)) throw fault('case/not-found')
  return opened
}

/** A case as a row says it, for the server itself. */
export async function openRow(reader: StorageReader, row: CaseTable): Promise<OpenedCase> {
  const parts = await reader
    .selectFrom('case_part')
    .selectAll()
    .where('case_id', '=', row.id)
    .orderBy('code')
    .execute()
  const materials = await reader
    .selectFrom('case_material')
    .selectAll()
    .where('case_id', '=', row.id)
    .orderBy('code')
    .execute()
  const guided = await loadGuide(reader, row.matter, row.guide_version)
  const answers = answersOf(row)
  const plan = planFor(guided.guide, guided.matter, answers)
  const guide = withFieldsFor(guided.guide, answers)
  return { ...guided, guide, row, plan, parts, materials }
}

/** The part of this name. Throws `case/not-found`. */
export function partOf({ parts }: Pick<OpenedCase, 'parts'>, code: string): CasePartTable {
  const part = parts.find((one) => one.code === code)
  if (part === undefined) throw fault('case/not-found')
  return part
}

/** What the guide says of a part. */
export function guideOfPart(
  { plan }: Pick<OpenedCase, 'plan'>,
  code: string,
): Plan['parts'][number] {
  const part = plan.parts.find((one) => one.code === code)
  if (part === undefined) throw fault('case/not-found')
  return part
}

/** Whether staff work at the window that took the case in. */
export function isAtWindow(
  by: CaseActor,
  { office_id: office }: Pick<CaseTable, 'office_id'>,
): boolean {
  return by.kind === 'staff' && by.actor.agencyId === office
}

/** The parts that are somebody's business: all for whoever applied and for the window, of a department its own. */
export function partsFor(
  by: CaseActor,
  { row, parts }: Pick<OpenedCase, 'row' | 'parts'>,
): readonly CasePartTable[] {
  if (by.kind === 'citizen' || isAtWindow(by, row)) return parts
  return parts.filter(({ office_id: office }) => office === by.actor.agencyId)
}

/** Whether staff may do something in a matter. */
export function mayInMatter(actor: Pick<Actor, 'grants'>, right: Right, matter: string): boolean {
  if (!hasRight(actor, right)) return false
  const matters = allowedMatters(actor, right)
  return matters === 'all' || matters.includes(matter)
}

/** Answers by question. */
export function answersOf({ answers }: Pick<CaseTable, 'answers'>): Answers {
  return textsIn(answers)
}

/** Values of the form by field. */
export function formOf({ form }: Pick<CaseTable, 'form'>): Readonly<Record<string, string>> {
  return textsIn(form)
}

/** Whether a department has decided: what it decided by stays as it is. */
export function hasDecision({ parts }: Pick<OpenedCase, 'parts'>): boolean {
  return parts.some(({ state }) => PARTS_DECIDED.includes(state))
}

/** Whom a case is about, as they are known: who applies, and whoever the form, a licence that was shown for it, or a draft of it names. */
export function peopleOf({
  row,
  materials,
  parts,
}: Pick<OpenedCase, 'row' | 'materials' | 'parts'>): readonly string[] {
  const stated = [
    ...materials.map(({ evidence }) => evidence),
    ...parts.flatMap(({ draft }) => draft ?? []),
  ]
  return [row.applicant, ...Object.values(formOf(row)), ...stated.flatMap(claimsIn)]
}

function claimsIn(text: string): readonly string[] {
  const { claims } = storedObject(text)
  return isObject(claims) ? Object.values(claims).map(String) : []
}

/** A stored JSON object. */
export function storedObject(text: string): JsonObject {
  const value = parseJson(text, JSON_LIMITS)
  if (!isObject(value)) throw new TypeError('case: what is stored is no object')
  return value
}

/** Whom the record names for it. */
export function actorIdOf(by: CaseActor): string | null {
  return by.kind === 'staff' ? by.actor.actorId : null
}

function concerns(by: CaseActor, row: CaseTable, parts: readonly CasePartTable[]): boolean {
  if (by.kind === 'citizen') return row.applicant === by.citizen.holderReference
  const { actor } = by
  if (actor.agencyId === '' || !mayInMatter(actor, 'read-cases', row.matter)) return false
  // What is not handed in concerns nobody but the window.
  const isIn = row.accepted_at !== null
  return (
    actor.agencyId === row.office_id ||
    (isIn && parts.some(({ office_id: office }) => office === actor.agencyId))
  )
}

function textsIn(text: string): Readonly<Record<string, string>> {
  const entries = Object.entries(storedObject(text))
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}
