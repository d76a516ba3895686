/** The register: an agency's licences of the types that the actor may read, the newest first. */
import type { DisplayText, TypeDefinition } from '@onetrip/credential'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { loadType } from '../trust-data/agencies.ts'
import { claimsOf } from './load-licence.ts'

/** Licences of a page. */
export const PAGE_LICENCES = 50

/** Which licences are wanted. */
export interface LicenceQuery {
  /** Its number, whole. */
  readonly serial?: string | undefined
  /** Type code. */
  readonly type?: string | undefined
  readonly status?: LicenceTable['status'] | undefined
  /** Licences before this id, for the next page. */
  readonly before?: string | undefined
}

/** A licence as a line of the register. */
export interface LicenceLine {
  readonly id: string
  readonly type: string
  readonly typeName: DisplayText
  readonly serial: string
  readonly holder: string
  readonly validFrom: string
  readonly validTo?: string
  readonly status: LicenceTable['status']
  /** Unix seconds. */
  readonly createdAt: number
}

/** A page; `next` is `before` of the one behind it. Throws `auth/forbidden`. */
export async function listLicences(
  { storage }: Pick<Services, 'storage'>,
  actor: Actor,
  query: LicenceQuery,
): Promise<{ readonly licences: readonly LicenceLine[]; readonly next?: string }> {
  assertAllowed(actor, 'read')
  const { serial, type, status, before } = query
  const types = actor.grants.flatMap((grant) => (grant.rights.includes('read') ? grant.types : []))
  let wanted = storage
    .selectFrom('licence')
    .selectAll()
    .where('agency_id', '=', actor.agencyId)
    .where('type_code', 'in', [...new Set(types), ''])
  if (serial !== undefined) wanted = wanted.where('serial', '=', serial)
  if (type !== undefined) wanted = wanted.where('type_code', '=', type)
  if (status !== undefined) wanted = wanted.where('status', '=', status)
  if (before !== undefined) wanted = wanted.where('id', '<', before)
  const rows = await wanted
    .orderBy('id', 'desc')
    .limit(PAGE_LICENCES + 1)
    .execute()
  const page = rows.slice(0, PAGE_LICENCES)
  const last = page.at(-1)
  return {
    licences: await linesOf(storage, page),
    ...(rows.length > PAGE_LICENCES && last !== undefined ? { next: last.id } : {}),
  }
}

async function linesOf(
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
      type: row.type_code,
      typeName: type.name,
      serial: row.serial,
      holder: String(claimsOf(row)[type.holder.name] ?? ''),
      validFrom: row.valid_from,
      ...(row.valid_to === null ? {} : { validTo: row.valid_to }),
      status: row.status,
      createdAt: row.created_at,
    })
  }
  return lines
}
