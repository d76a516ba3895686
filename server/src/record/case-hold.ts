/**
 * What an act leaves of a case and all that belongs to it, held as one: parts, materials, uploads but for their bytes, visits and steps.
 * Each act about a case holds it as it then is, so that between two acts nothing changes unseen.
 */
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { rowHold } from './row-hold.ts'

/** The fact `row` of an act about a case, as the last thing before it is recorded. */
export async function caseHold(
  services: Pick<Services, 'keys'>,
  reader: StorageReader,
  caseId: string,
): Promise<string> {
  const texts = await caseTexts(reader, [caseId])
  return rowHold(services, texts.get(caseId) ?? [])
}

/** What is held of each case, in order. */
export async function caseTexts(
  reader: StorageReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = await reader.selectFrom('case_file').selectAll().where('id', 'in', ids).execute()
  const texts = new Map<string, string[]>()
  const hold = (table: string, caseId: string, row: object): void => {
    texts.set(caseId, [...(texts.get(caseId) ?? []), textOf(table, row)])
  }
  // A request by which licences are to be shown changes nothing of the case until they are taken into it.
  for (const { verification_id: _id, verification_actor: _actor, ...row } of files) {
    hold('case_file', row.id, row)
  }
  for (const [table, column] of BELONGING) {
    const rows = await reader
      .selectFrom(table)
      .selectAll()
      .where('case_id', 'in', ids)
      .orderBy(column)
      .execute()
    for (const row of rows) hold(table, row.case_id, row)
  }
  const visited = await reader
    .selectFrom('case_visit_part')
    .innerJoin('case_visit', 'case_visit.id', 'case_visit_part.visit_id')
    .selectAll('case_visit_part')
    .select('case_id')
    .where('case_id', 'in', ids)
    .orderBy('visit_id')
    .orderBy('part')
    .execute()
  for (const row of visited) hold('case_visit_part', row.case_id, row)
  return texts
}

/** What names its case, and the column by which its rows of one case are in order. */
const BELONGING = [
  ['case_part', 'code'],
  ['case_material', 'code'],
  ['case_upload', 'id'],
  ['case_visit', 'id'],
  ['case_transition', 'sequence'],
] as const

/** Of a column that a later version adds, nothing is said while it has no value. */
function textOf(table: string, row: object): string {
  const values = Object.entries(row).filter(([, value]) => value !== null)
  return JSON.stringify([table, ...values.sort(([one], [other]) => (one < other ? -1 : 1))])
}
