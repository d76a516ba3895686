/** Keys of offices, held by the key store: one certifies their counters, one the keys that ask over the network. */
import type { Services } from '../services.ts'
import type { OfficeKeyTable } from '../storage/schema.ts'
import { MAX_REQUEST_CERTIFICATE_SECONDS } from '../trust-data/key-listing.ts'
import { firstKeyRow, type KeyRowBase } from '../trust-data/key-row.ts'
import { ownCertificate } from '../trust-data/own-certificate.ts'
import { currentSigner, type OwnSigner } from '../trust-data/signing-key.ts'

/** What an office's key is for; one algorithm each. */
export const OFFICE_PURPOSES = { enrol: 'Ed25519', ask: 'ES256' } as const

/** One of {@link OFFICE_PURPOSES}. */
export type OfficePurpose = keyof typeof OFFICE_PURPOSES

/** An office: USCC, and its stored name in both languages. */
interface NamedOffice {
  readonly id: string
  readonly name: string
}

/** The rows of an office's first keys; makes the keys where there are none. */
export function firstOfficeKeys(
  services: Services,
  office: NamedOffice,
): Promise<readonly OfficeKeyTable[]> {
  const purposes: readonly OfficePurpose[] = ['enrol', 'ask']
  return Promise.all(
    purposes.map(async (purpose) => {
      const algorithm = OFFICE_PURPOSES[purpose]
      const row = await firstKeyRow(services, { owner: office.id, purpose, algorithm })
      return officeKeyRow(services, office, { ...row, purpose })
    }),
  )
}

/** The row of an office's key, with its certificate where it certifies keys that ask. */
export async function officeKeyRow(
  services: Services,
  office: NamedOffice,
  { purpose, ...row }: KeyRowBase & { readonly purpose: OfficePurpose },
): Promise<OfficeKeyTable> {
  const issuesForSeconds = MAX_REQUEST_CERTIFICATE_SECONDS
  const certificate =
    purpose === 'ask'
      ? await ownCertificate(services, { owner: office, row, issuesForSeconds })
      : null
  return { ...row, office_id: office.id, use: purpose, certificate }
}

/** The key an office certifies with now: the newest in force. Throws `key/unknown`. */
export async function officeSigner(
  services: Services,
  officeId: string,
  purpose: OfficePurpose = 'enrol',
): Promise<OwnSigner> {
  const rows = await services.storage
    .selectFrom('office_key')
    .leftJoin('listed_key', 'listed_key.kid', 'office_key.kid')
    .select(['id', 'not_before', 'not_after', 'revoked_from', 'retired_at', 'listed_at'])
    .where('office_id', '=', officeId)
    .where('use', '=', purpose)
    .execute()
  return currentSigner(services, rows)
}
