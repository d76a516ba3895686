/** Keys with which offices certify their counters: one per office to begin with, held by the key store. */
import { encodeJson, fault, publicKeyToJwk, type Signer, toBase64url } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { OfficeKeyTable } from '../storage/schema.ts'

const DAY_SECONDS = 86_400
const KEY_LIFE_SECONDS = 730 * DAY_SECONDS

/** A signer with the id of its key row. */
export interface OfficeSigner {
  readonly keyId: string
  readonly signer: Signer
}

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

/** The key an office certifies with at `now`: the newest in force. Throws `key/unknown`. */
export async function officeSigner(services: Services, officeId: string): Promise<OfficeSigner> {
  const now = services.now()
  const row = await services.storage
    .selectFrom('office_key')
    .leftJoin('listed_key', 'listed_key.kid', 'office_key.kid')
    .select('id')
    .where('office_id', '=', officeId)
    .where('not_before', '<=', now)
    .where('not_after', '>', now)
    .where('revoked_from', 'is', null)
    .where((is) => is.or([is('retired_at', 'is', null), is('retired_at', '>', now)]))
    // A key that no published trust list names would sign what nobody can verify; first keys wait with all the others.
    .orderBy((is) => is.case().when('listed_at', 'is', null).then(0).else(1).end(), 'desc')
    .orderBy('not_before', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw fault('key/unknown')
  return { keyId: row.id, signer: services.keys.signer(row.id) }
}
