/** What the demo desk shows: agencies, licences with their newest offer, in the order of issue. */
import { parseJson } from '@onetrip/codec'
import { type DisplayText, parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import type { LicenceStatus } from '@onetrip/status'
import * as v from 'valibot'
import { claimsOf } from '../licences/load-licence.ts'
import { type Offer, offerOf } from '../offers/make-offer.ts'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { OfferTable } from '../storage/offer-schema.ts'

const NAME: v.GenericSchema<unknown, DisplayText> = v.object({
  'zh-CN': v.string(),
  en: v.string(),
})

/** An agency and the types it issues. */
export interface DeskAgency {
  readonly id: string
  readonly name: DisplayText
  readonly types: readonly TypeDefinition[]
}

/** Where an offer stands; `expired` is an open one past its end. */
export type DeskOfferState = OfferTable['state'] | 'expired'

/** A licence as the desk lists it. */
export interface DeskLicence {
  readonly id: string
  readonly agencyId: string
  readonly type: TypeDefinition
  readonly identifier: string
  readonly holder: string
  /** The person whose wallet it is for, as the request said. */
  readonly reference: string
  readonly status: LicenceStatus
  /** Whether it was in a wallet and is in none: a phone was lost, or is being replaced. */
  readonly isWithdrawn: boolean
  readonly offer?: Offer & { readonly state: DeskOfferState }
}

/** Loads all agencies. */
export async function deskAgencies(services: Services): Promise<readonly DeskAgency[]> {
  const { storage } = services
  const rows = await storage.selectFrom('agency').select(['id', 'name']).orderBy('id').execute()
  const types = await deskTypes(services)
  const allowed = await storage.selectFrom('agency_type').selectAll().execute()
  return rows.map((row) => ({
    id: row.id,
    name: v.parse(NAME, JSON.parse(row.name)),
    types: allowed
      .filter((entry) => entry.agency_id === row.id)
      .flatMap((entry) => types.get(entry.type_code) ?? []),
  }))
}

/** Loads all licences with their newest offer. */
export async function deskLicences(services: Services): Promise<readonly DeskLicence[]> {
  const { storage } = services
  const types = await deskTypes(services)
  const rows = await storage.selectFrom('licence').selectAll().orderBy('id').execute()
  const offers = await storage.selectFrom('offer').selectAll().orderBy('id').execute()
  const newest = new Map(offers.map((offer) => [offer.licence_id, offer]))
  const withdrawn = await withdrawnLicences(storage)
  return rows.flatMap((row) => {
    const type = types.get(row.type_code)
    if (type === undefined) return []
    const offer = newest.get(row.id)
    return {
      id: row.id,
      agencyId: row.agency_id,
      type,
      identifier: row.identifier,
      holder: String(claimsOf(row)[type.holder.name] ?? ''),
      reference: row.holder_reference ?? '',
      status: row.status,
      isWithdrawn: withdrawn.has(row.id),
      ...(offer === undefined ? {} : { offer: deskOffer(services, offer, row.type_code) }),
    }
  })
}

async function withdrawnLicences(reader: StorageReader): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom('credential')
    .select('licence_id')
    .where('state', '=', 'issued')
    .where('form', '!=', 'paper')
    .groupBy('licence_id')
    .having((row) => row(row.fn.countAll(), '=', row.fn.count('withdrawn_at')))
    .execute()
  return new Set(rows.map(({ licence_id: id }) => id))
}

function deskOffer(
  services: Services,
  offer: OfferTable,
  typeCode: string,
): Offer & { readonly state: DeskOfferState } {
  const isOver = offer.state === 'open' && offer.expires_at <= services.now()
  return {
    ...offerOf(services, { id: offer.id, expiresAt: offer.expires_at, typeCode }),
    state: isOver ? 'expired' : offer.state,
  }
}

async function deskTypes(services: Services): Promise<ReadonlyMap<string, TypeDefinition>> {
  const rows = await services.storage
    .selectFrom('licence_type')
    .select('document')
    .orderBy('version')
    .execute()
  const types = rows.map((row) => parseTypeDefinition(parseJson(row.document)))
  return new Map(types.map((type) => [type.typeCode, type]))
}
