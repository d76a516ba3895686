/** Keys with which offices certify their counters: one per office to begin with, held by the key store. */
import type { Services } from '../services.ts'
import type { OfficeKeyTable } from '../storage/schema.ts'
import { firstKeyRow } from '../trust-data/key-row.ts'
import { currentSigner, type OwnSigner } from '../trust-data/signing-key.ts'

/** The row of an office's first key; makes the key where there is none. */
export function firstOfficeKey(services: Services, officeId: string): OfficeKeyTable {
  const purpose = 'enrol'
  const row = firstKeyRow(services, { owner: officeId, purpose, algorithm: 'Ed25519' })
  return { ...row, office_id: officeId, use: purpose }
}

/** The key an office certifies with now: the newest in force. Throws `key/unknown`. */
export async function officeSigner(services: Services, officeId: string): Promise<OwnSigner> {
  const rows = await services.storage
    .selectFrom('office_key')
    .leftJoin('listed_key', 'listed_key.kid', 'office_key.kid')
    .select(['id', 'not_before', 'not_after', 'revoked_from', 'retired_at', 'listed_at'])
    .where('office_id', '=', officeId)
    .where('use', '=', 'enrol')
    .execute()
  return currentSigner(services, rows)
}
