/** Keys with which offices certify their counters: one per office to begin with, held by the key store. */
import { encodeJson, publicKeyToJwk, toBase64url } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { OfficeKeyTable } from '../storage/schema.ts'
import { newestSigner, type OwnSigner } from '../trust-data/signing-key.ts'

const DAY_SECONDS = 86_400
const KEY_LIFE_SECONDS = 730 * DAY_SECONDS

/** The row of an office's first key; makes the key where there is none. */
export function firstOfficeKey(services: Services, officeId: string): OfficeKeyTable {
  const id = `${officeId.toLowerCase()}-enrol-1`
  const { publicKey } = services.keys.ensureSigner(id, 'Ed25519')
  const now = services.now()
  const notBefore = now - (now % DAY_SECONDS)
  return {
    id,
    office_id: officeId,
    use: 'enrol',
    kid: toBase64url(publicKey.kid),
    public_jwk: encodeJson(publicKeyToJwk(publicKey)),
    not_before: notBefore,
    not_after: notBefore + KEY_LIFE_SECONDS,
    revoked_from: null,
    retired_at: null,
  }
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
  return newestSigner(services, rows)
}
