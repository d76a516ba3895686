/** The seal under which an agency issues its licences (电子证照专用章), as each of them states it. */
import { fromBase64url } from '@onetrip/codec'
import { sealReference } from '@onetrip/credential'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import { assertInUse } from './seal-rows.ts'

/**
 * What a licence that is drafted at this moment states of its seal, 8 bytes; undefined where the agency never had one
 * registered. Throws `seal/state`, `seal/expired` while the agency's seal is not in use: a licence waits for it.
 */
export async function licenceSealOf(
  services: Pick<Services, 'now'>,
  reader: StorageReader,
  agencyId: string,
): Promise<Uint8Array | undefined> {
  const seals = await reader
    .selectFrom('seal')
    .select(['state', 'valid_to', 'cose'])
    .where('owner_id', '=', agencyId)
    // Written out, not bound: SQLite takes a partial index only for a condition it can read.
    .where((column) => column('licences', '=', column.lit(1)))
    .where((is) =>
      is.exists(
        is
          .selectFrom('seal_event')
          .select('sequence')
          .whereRef('seal_id', '=', 'seal.id')
          .where('act', '=', 'register'),
      ),
    )
    .orderBy('id')
    .execute()
  const isLive = ({ state }: (typeof seals)[number]) => state === 'in-use' || state === 'suspended'
  const seal = seals.find(isLive) ?? seals[0]
  if (seal === undefined) return undefined
  assertInUse(services, seal)
  return sealReference(fromBase64url(seal.cose ?? ''))
}
