/** The licences of a citizen: those whose holder reference is what the identity provider said of them. */
import { fault, parseJson } from '@onetrip/codec'
import { type DisplayText, parseTypeDefinition } from '@onetrip/credential'
import * as v from 'valibot'
import { REVOCATION_KINDS, type RevocationKind } from '../licences/revocation-kinds.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'
import type { Person } from './citizen.ts'

const NAME: v.GenericSchema<unknown, DisplayText> = v.object({
  'zh-CN': v.string(),
  en: v.string(),
})

/** A licence as its holder sees it at the agency. */
export interface MyLicence {
  readonly id: string
  readonly identifier: string
  readonly type: string
  readonly typeName: DisplayText
  readonly agency: DisplayText
  readonly serial: string
  readonly version: number
  readonly validFrom: string
  readonly validTo?: string
  readonly status: LicenceTable['status']
  /** How it ended, where that was said. */
  readonly endedAs?: RevocationKind
  /** In how many wallets it is, so far as is known. */
  readonly copies: number
}

/** The citizen's licences in the order of issue, without their claims: what they state stands in the wallet only. */
export async function listMyLicences(
  { storage }: Pick<Services, 'storage'>,
  person: Pick<Person, 'holderReference'>,
): Promise<readonly MyLicence[]> {
  const rows = await storage
    .selectFrom('licence')
    .innerJoin('agency', 'agency.id', 'licence.agency_id')
    .innerJoin('licence_type', (join) =>
      join
        .onRef('licence_type.type_code', '=', 'licence.type_code')
        .onRef('licence_type.version', '=', 'licence.type_version'),
    )
    .selectAll('licence')
    .select(['agency.name as agency_name', 'licence_type.document'])
    .where('holder_reference', '=', person.holderReference)
    .orderBy('licence.id')
    .execute()
  const copies = await copiesOf(storage, person)
  const ends = await endsOf(storage, person)
  return rows.map((row) => ({
    id: row.id,
    identifier: row.identifier,
    type: row.type_code,
    typeName: parseTypeDefinition(parseJson(row.document)).name,
    agency: v.parse(NAME, JSON.parse(row.agency_name)),
    serial: row.serial,
    version: row.version,
    validFrom: row.valid_from,
    ...(row.valid_to === null ? {} : { validTo: row.valid_to }),
    status: row.status,
    ...endedAs(ends.get(row.id)),
    copies: copies.get(row.id) ?? 0,
  }))
}

/** The licence with this id if it is theirs; anybody else's does not exist for them. Throws `licence/not-found`. */
export async function loadMyLicence(
  reader: StorageReader,
  person: Pick<Person, 'holderReference'>,
  id: string,
): Promise<LicenceTable> {
  const row = await reader
    .selectFrom('licence')
    .selectAll()
    .where('id', '=', id)
    .where('holder_reference', '=', person.holderReference)
    .executeTakeFirst()
  if (row === undefined) throw fault('licence/not-found')
  return row
}

function endedAs(kind: RevocationKind | undefined): { readonly endedAs?: RevocationKind } {
  return kind === undefined ? {} : { endedAs: kind }
}

/** How each of their licences ended. */
async function endsOf(
  reader: StorageReader,
  person: Pick<Person, 'holderReference'>,
): Promise<ReadonlyMap<string, RevocationKind>> {
  const rows = await reader
    .selectFrom('status_change')
    .innerJoin('licence', 'licence.id', 'status_change.licence_id')
    .select(['licence.id', 'status_change.kind'])
    .where('licence.holder_reference', '=', person.holderReference)
    .where('status_change.to_status', '=', 'revoked')
    .execute()
  const ends = new Map<string, RevocationKind>()
  for (const { id, kind: kept } of rows) {
    const kind = REVOCATION_KINDS.find((known) => known === kept)
    if (kind !== undefined) ends.set(id, kind)
  }
  return ends
}

/** In how many wallets each licence is: one offer is received by one. */
async function copiesOf(
  reader: StorageReader,
  person: Pick<Person, 'holderReference'>,
): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('credential')
    .innerJoin('licence', 'licence.id', 'credential.licence_id')
    .select((columns) => [
      'licence.id',
      columns.fn.count<number>('credential.offer_id').distinct().as('wallets'),
    ])
    .where('licence.holder_reference', '=', person.holderReference)
    .where('credential.state', '=', 'issued')
    .where('credential.withdrawn_at', 'is', null)
    .groupBy('licence.id')
    .execute()
  return new Map(rows.map(({ id, wallets }) => [id, Number(wallets)]))
}
