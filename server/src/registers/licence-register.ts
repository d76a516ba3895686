/** An agency's register of licences: searched a page at a time, and what is found given out as a file, which is an act of its own. */
import type { DisplayText, TypeDefinition } from '@onetrip/credential'
import type { LicenceStatus } from '@onetrip/status'
import { BYTE_ORDER_MARK, csvLine } from '../http/csv-text.ts'
import { claimsOf } from '../licences/load-licence.ts'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Right } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { loadType } from '../trust-data/agencies.ts'

/** Licences of a page of a search. */
export const REGISTER_PAGE = 50
/** Licences that are read at a time for a file. */
const FILE_PAGE = 500
/** Behind every character of a serial. */
const AFTER_SERIALS = '~'
/** Of a claim that the newest version of the type does not have. */
const OTHER_CLAIMS = 'otherClaims'

/** Which licences are wanted; what is left out does not narrow. */
export interface RegisterFilter {
  readonly status?: LicenceStatus | undefined
  /** How its serial begins. */
  readonly serial?: string | undefined
  readonly holderReference?: string | undefined
  /** A day: licences whose last day lies before it. */
  readonly endsBefore?: string | undefined
}

/** A search; `before` is the last licence of the page before. */
export interface RegisterQuery extends RegisterFilter {
  readonly type?: string | undefined
  readonly before?: string | undefined
  /** Whole serials, any of them. */
  readonly serials?: readonly string[] | undefined
}

/** A licence as a line of the register. */
export interface LicenceLine {
  readonly id: string
  readonly identifier: string
  readonly type: string
  readonly typeName: DisplayText
  readonly serial: string
  readonly version: number
  /** Who holds it, by the claim that its type names. */
  readonly holder: string
  readonly holderReference?: string
  readonly validFrom: string
  readonly validTo?: string
  readonly status: LicenceStatus
  /** Unix seconds. */
  readonly createdAt: number
}

/** What somebody may see of an agency's licences. */
interface Reach {
  readonly agencyId: string
  readonly types: readonly string[]
}

/** Finds licences of types that the actor may read, the newest first. Throws `auth/forbidden`. */
export async function searchRegister(
  { storage }: Services,
  actor: Actor,
  { type, before, serials, ...filter }: RegisterQuery,
): Promise<{ readonly licences: readonly LicenceLine[]; readonly next?: string }> {
  const reach = reachOf(actor, 'read', type)
  let found = matching(storage, reach, filter).selectAll()
  if (before !== undefined) found = found.where('id', '<', before)
  if (serials !== undefined) found = found.where('serial', 'in', serials)
  const rows = await found
    .orderBy('id', 'desc')
    .limit(REGISTER_PAGE + 1)
    .execute()
  const page = rows.slice(0, REGISTER_PAGE)
  const last = page.at(-1)
  const isMore = rows.length > REGISTER_PAGE && last !== undefined
  return { licences: await registerLines(storage, page), ...(isMore ? { next: last.id } : {}) }
}

/**
 * Gives out the licences of one type as CSV, some at a time. That it was done is recorded before the first of them is read, with
 * how many there are; licences issued later are not among them. Throws `auth/forbidden`, `type/unknown`.
 */
export async function exportRegister(
  services: Services,
  actor: Actor,
  { type: typeCode, ...filter }: RegisterFilter & { readonly type: string },
): Promise<ReadableStream<Uint8Array>> {
  const reach = reachOf(actor, 'export', typeCode)
  const type = await loadType(services.storage, typeCode)
  const last = await transact(services.storage, async (transaction) => {
    const found = await matching(transaction, reach, filter)
      .select((row) => [row.fn.countAll().as('count'), row.fn.max('id').as('last')])
      .executeTakeFirstOrThrow()
    await recordAct(services, transaction, {
      act: 'register/export',
      agency: actor.agencyId,
      actor: actor.actorId,
      facts: {
        type: typeCode,
        rows: Number(found.count),
        narrowedBy: Object.keys(filter).sort().join(' '),
      },
    })
    return found.last ?? ''
  })
  return fileOf(type, (after) =>
    matching(services.storage, reach, filter)
      .selectAll()
      .where('id', '>', after)
      .where('id', '<=', last)
      .orderBy('id')
      .limit(FILE_PAGE)
      .execute(),
  )
}

function reachOf(actor: Actor, right: Right, typeCode: string | undefined): Reach {
  assertAllowed(actor, right, typeCode)
  const own = actor.grants.filter(({ rights }) => rights.includes(right))
  const types = typeCode === undefined ? own.flatMap((grant) => grant.types) : [typeCode]
  return { agencyId: actor.agencyId, types }
}

function matching(
  reader: StorageReader,
  { agencyId, types }: Reach,
  { status, serial, holderReference, endsBefore }: RegisterFilter,
) {
  let found = reader
    .selectFrom('licence')
    .where('agency_id', '=', agencyId)
    .where('type_code', 'in', types.length === 0 ? [''] : types)
  if (status !== undefined) found = found.where('status', '=', status)
  if (holderReference !== undefined) {
    found = found.where('holder_reference', '=', holderReference)
  }
  if (endsBefore !== undefined) found = found.where('valid_to', '<', endsBefore)
  if (serial === undefined) return found
  return found.where('serial', '>=', serial).where('serial', '<', serial + AFTER_SERIALS)
}

/** Licences as lines of the register; whoever asks has checked who may see them. */
export async function registerLines(
  reader: StorageReader,
  rows: readonly LicenceTable[],
): Promise<readonly LicenceLine[]> {
  const known = new Map<string, TypeDefinition>()
  const lines: LicenceLine[] = []
  for (const row of rows) {
    const key = `${row.type_code} ${row.type_version}`
    const type = known.get(key) ?? (await loadType(reader, row.type_code, row.type_version))
    known.set(key, type)
    lines.push({
      id: row.id,
      identifier: row.identifier,
      type: row.type_code,
      typeName: type.name,
      serial: row.serial,
      version: row.version,
      holder: String(claimsOf(row)[type.holder.name] ?? ''),
      ...(row.holder_reference === null ? {} : { holderReference: row.holder_reference }),
      validFrom: row.valid_from,
      ...(row.valid_to === null ? {} : { validTo: row.valid_to }),
      status: row.status,
      createdAt: row.created_at,
    })
  }
  return lines
}

/** Reads a page whenever whoever downloads wants more. */
function fileOf(
  type: TypeDefinition,
  read: (after: string) => Promise<readonly LicenceTable[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const claims = type.claims.map(({ name }) => name)
  const own = ['identifier', 'serial', 'version', 'validFrom', 'validTo', 'holderReference']
  let after = ''
  return new ReadableStream({
    start(controller) {
      const heads = [...own, 'status', ...claims, OTHER_CLAIMS]
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLine(heads)))
    },
    async pull(controller) {
      const rows = await read(after)
      after = rows.at(-1)?.id ?? after
      if (rows.length === 0) controller.close()
      else controller.enqueue(encoder.encode(rows.map((row) => lineOf(row, claims)).join('')))
    },
  })
}

function lineOf(row: LicenceTable, names: readonly string[]): string {
  const claims = claimsOf(row)
  const others = Object.entries(claims).filter(([name]) => !names.includes(name))
  return csvLine([
    row.identifier,
    row.serial,
    row.version,
    row.valid_from,
    row.valid_to ?? '',
    row.holder_reference ?? '',
    row.status,
    ...names.map((name) => claims[name] ?? ''),
    others.length === 0 ? '' : JSON.stringify(Object.fromEntries(others)),
  ])
}
