/** Visits on the spot that are set and not over: whoever still has to visit joins one, so that the person waits once (一同勘验). */
import type { JsonObject } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { officeNames } from '../trust-data/office-names.ts'
import type { OpenedCase } from './case-rows.ts'
import { dayAt } from './working-days.ts'

interface Planned {
  readonly id: string
  readonly day: string
  readonly part: string
}

/** Each with its day and the names of the departments that go; of what they look at nothing, so that every department may know. */
export async function plannedVisits(
  { storage, now }: Pick<Services, 'storage' | 'now'>,
  { row, parts }: Pick<OpenedCase, 'row' | 'parts'>,
): Promise<readonly JsonObject[]> {
  if (row.state !== 'accepted') return []
  const planned = await openVisits(storage, { caseId: row.id, from: dayAt(now()) })
  if (planned.length === 0) return []
  const nameOf = await officeNames(
    storage,
    parts.map((part) => part.office_id),
  )
  return [...new Set(planned.map(({ id }) => id))].map((id) => {
    const own = planned.filter((visit) => visit.id === id)
    const going = parts.filter(({ code }) => own.some((visit) => visit.part === code))
    const offices = [...new Set(going.map((part) => part.office_id))]
    return { id, day: own[0]?.day ?? '', offices: offices.map(nameOf) }
  })
}

/**
 * The visit of a day that others are to make still; undefined where none is set, and for a part that was in it or in one that was set later: of a
 * part's visits the one that was set last counts, so whoever visits again does so by another one.
 */
export async function visitToJoin(
  reader: StorageReader,
  of: { readonly caseId: string; readonly day: string; readonly parts: readonly string[] },
): Promise<string | undefined> {
  const { caseId, day, parts } = of
  const planned = await openVisits(reader, { caseId, from: day })
  const { last } = await reader
    .selectFrom('case_visit')
    .innerJoin('case_visit_part', 'case_visit_part.visit_id', 'case_visit.id')
    .select(({ fn }) => fn.max('case_visit.id').as('last'))
    .where('case_id', '=', caseId)
    .where('part', 'in', parts)
    .executeTakeFirstOrThrow()
  return planned.find((visit) => visit.day === day && (last === null || visit.id > last))?.id
}

function openVisits(
  reader: StorageReader,
  { caseId, from }: { readonly caseId: string; readonly from: string },
): Promise<readonly Planned[]> {
  return reader
    .selectFrom('case_visit')
    .innerJoin('case_visit_part', 'case_visit_part.visit_id', 'case_visit.id')
    .select(['case_visit.id', 'day', 'part'])
    .where('case_id', '=', caseId)
    .where('day', '>=', from)
    .where('passed', 'is', null)
    .orderBy('day')
    .orderBy('case_visit.id')
    .execute()
}
