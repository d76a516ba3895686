/** Packages of a window's cases that are over, for whoever has the server: found by day or by name, packed one by one in the name of the window. */
import { fault } from '@onetrip/codec'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { operatorNamed } from '../trust-data/key-lives.ts'
import { archiveCase, type Packed } from './archive-case.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_SECONDS = 86_400

/** A case that can be packed. */
export interface ClosedCase {
  readonly id: string
  /** What its package is called: the number of its acceptance, or its id where it was never accepted. */
  readonly name: string
}

/** A window and, both days included, when its cases ended (`YYYY-MM-DD` in Asia/Shanghai). */
export interface ClosedBetween {
  readonly agency: string
  readonly from: string
  readonly to: string
}

/** The cases in the order in which they ended; what was forgotten is not among them. Throws `time/format`. */
export async function closedCases(
  { storage }: Pick<Services, 'storage'>,
  { agency, from, to }: ClosedBetween,
): Promise<readonly ClosedCase[]> {
  const rows = await closed(storage, agency)
    .where('closed_at', '>=', beginOf(from))
    .where('closed_at', '<', beginOf(to) + DAY_SECONDS)
    .orderBy('closed_at')
    .orderBy('id')
    .execute()
  return rows.map(named)
}

/** The case of the window with this id or number. Throws `case/not-found`, also for one that is not over or was forgotten. */
export async function closedCase(
  { storage }: Pick<Services, 'storage'>,
  { agency, idOrNumber }: { readonly agency: string; readonly idOrNumber: string },
): Promise<ClosedCase> {
  const row = await closed(storage, agency)
    .where((is) => is.or([is('id', '=', idOrNumber), is('number', '=', idOrNumber)]))
    .executeTakeFirst()
  if (row === undefined) throw fault('case/not-found')
  return named(row)
}

/** A named person who packs for a window by command. */
export async function packerNamed(
  services: Services,
  { person, agency }: { readonly person: string; readonly agency: string },
): Promise<Actor> {
  const operator = await operatorNamed(services, person)
  const grants = [{ rights: ['read-cases'], types: [], matters: 'all' }] as const
  return { ...operator, agencyId: agency, grants }
}

/** Packs one, and records that it was given out and to whom. Throws as {@link archiveCase}. */
export function packClosedCase(
  services: Services,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<Packed> {
  return archiveCase(services, { actor, caseId: id })
}

function closed(reader: StorageReader, agency: string) {
  return reader
    .selectFrom('case_file')
    .select(['id', 'number'])
    .where('office_id', '=', agency)
    .where('closed_at', 'is not', null)
    .where('applicant', '!=', '')
}

function named({
  id,
  number,
}: {
  readonly id: string
  readonly number: string | null
}): ClosedCase {
  return { id, name: number ?? id }
}

/** Unix seconds at which a day begins in Asia/Shanghai. */
function beginOf(day: string): number {
  const at = DAY.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN
  if (Number.isNaN(at)) throw fault('time/format')
  return at / 1000
}
