/**
 * What else there is of a case's matter for the same applicant and place: other open cases, and licences in force of the types that come of it.
 * It is told and refuses nothing, for a second kitchen at one address may be right.
 */
import type { JsonObject } from '@onetrip/codec'
import { claimsOf } from '../licences/load-licence.ts'
import type { Actor } from '../rights/actor.ts'
import { readAs } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import type { CaseTable } from '../storage/case-schema.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { loadType } from '../trust-data/agencies.ts'
import { officeNames } from '../trust-data/office-names.ts'
import { formOf, type OpenedCase } from './case-rows.ts'
import type { CaseState } from './case-steps.ts'
import { dayAt } from './working-days.ts'

/** Handed in, and not over. */
const OPEN: readonly CaseState[] = ['submitted', 'returned', 'accepted']
/** Before and until a decision it matters. */
const TOLD: readonly CaseState[] = ['draft', ...OPEN]
const MAX_READ = 200
const MAX_TOLD = 10

/** Who sees a case: `isWhole` at its window, else a department of it. */
export interface Viewer {
  readonly actor: Pick<Actor, 'agencyId'>
  readonly isWhole: boolean
}

/**
 * The cases and licences, the newest first; none where the place is not filled in. An `id` is told of what the viewer's organisation may
 * open; a department is told of nothing else.
 */
export async function alikeOf(
  services: Services,
  opened: OpenedCase,
  viewer: Viewer,
): Promise<JsonObject> {
  const place = placeIn(opened.guide, opened.row)
  if (!TOLD.includes(opened.row.state) || place === '') return { cases: [], licences: [] }
  const found = { opened, place, viewer }
  return {
    cases: [...(await openCases(services, found))],
    licences: [...(await licencesInForce(services, found))],
  }
}

interface Found {
  readonly opened: OpenedCase
  /** As it is read; undefined for a matter of no place. */
  readonly place: string | undefined
  readonly viewer: Viewer
}

async function openCases(
  { storage }: Services,
  { opened, place, viewer }: Found,
): Promise<readonly JsonObject[]> {
  const { actor, isWhole } = viewer
  const rows = await storage
    .selectFrom('case_file')
    .selectAll()
    .where('applicant', '=', opened.row.applicant)
    .where('matter', '=', opened.row.matter)
    .where('state', 'in', [...OPEN])
    .where('id', '!=', opened.row.id)
    .orderBy('id', 'desc')
    .limit(MAX_READ)
    .execute()
  const same = rows.filter((row) => placeIn(opened.guide, row) === place)
  if (same.length === 0) return []
  const parts = await storage
    .selectFrom('case_part')
    .select('case_id')
    .where('office_id', '=', actor.agencyId)
    .where(
      'case_id',
      'in',
      same.map(({ id }) => id),
    )
    .execute()
  const nameOf = await officeNames(
    storage,
    same.map((row) => row.office_id),
  )
  return same
    .flatMap((row) => {
      const isOwn =
        row.office_id === actor.agencyId ||
        (row.accepted_at !== null && parts.some((part) => part.case_id === row.id))
      if (!isOwn && !isWhole) return []
      return {
        ...(isOwn ? { id: row.id } : {}),
        number: row.number,
        state: row.state,
        officeName: nameOf(row.office_id),
        submittedAt: row.submitted_at,
      }
    })
    .slice(0, MAX_TOLD)
}

async function licencesInForce(
  { storage, now }: Services,
  { opened, place, viewer }: Found,
): Promise<readonly JsonObject[]> {
  const { actor, isWhole } = viewer
  const types = opened.plan.parts.flatMap(({ result, office }) =>
    result.kind === 'licence' && (isWhole || office === actor.agencyId) ? [result.type] : [],
  )
  if (types.length === 0) return []
  const own = opened.parts.map((part) => part.licence_id)
  const today = dayAt(now())
  const rows = await storage
    .selectFrom('licence')
    .selectAll()
    .where('holder_reference', '=', opened.row.applicant)
    .where('type_code', 'in', types)
    // One that is suspended is there all the same: a second one would go around it.
    .where('status', '!=', 'revoked')
    .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>=', today)]))
    .orderBy('id', 'desc')
    .limit(MAX_READ)
    .execute()
  const same = rows.filter(
    (row) => !own.includes(row.id) && (place === undefined || states(opened.guide, row, place)),
  )
  return Promise.all(
    same.slice(0, MAX_TOLD).map(async (row) => {
      const { name } = await loadType(storage, row.type_code)
      return {
        ...(row.agency_id === actor.agencyId ? { id: row.id } : {}),
        typeName: { 'zh-CN': name['zh-CN'], en: name.en },
        serial: row.serial,
        status: row.status,
        validTo: row.valid_to,
      }
    }),
  )
}

/** By the claim that a draft fills in from the place: another claim's value is nothing to find out by typing it as one. */
function states(
  guide: OpenedCase['guide'],
  row: Pick<LicenceTable, 'claims'>,
  place: string,
): boolean {
  const claims = new Map(Object.entries(claimsOf(row)))
  return readAs(String(claims.get(placeField(guide)?.name ?? '') ?? '')) === place
}

/** The place as it is read, empty while nobody filled it in; undefined where the guide has none. */
function placeIn(guide: OpenedCase['guide'], row: Pick<CaseTable, 'form'>): string | undefined {
  const field = placeField(guide)
  if (field === undefined) return undefined
  const form = formOf(row)
  return Object.hasOwn(form, field.name) ? readAs(form[field.name] ?? '') : ''
}

function placeField({
  form,
}: OpenedCase['guide']): OpenedCase['guide']['form'][number] | undefined {
  return form.find(({ isPlace }) => isPlace === true)
}
