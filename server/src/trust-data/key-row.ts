/** What the rows of all keys share: the public half, and from when to when it counts. */
import { encodeJson, publicKeyToJwk, toBase64url } from '@onetrip/codec'
import type { Services } from '../services.ts'

/** What the server signs with. */
export type KeyAlgorithm = 'Ed25519' | 'ES256'

const DAY_SECONDS = 86_400
/** Keys sign for two years; what they signed may last longer, and so long they are listed. */
const KEY_LIFE_SECONDS = 730 * DAY_SECONDS

/** The members of a key's row, but for whose it is. */
export interface KeyRowBase {
  readonly id: string
  readonly kid: string
  readonly public_jwk: string
  readonly not_before: number
  readonly not_after: number
  readonly revoked_from: null
  readonly retired_at: null
}

/** The row of the key named `id`; makes the key where there is none. `notBefore` in Unix seconds. */
export function newKeyRow(
  services: Services,
  key: { readonly id: string; readonly algorithm: KeyAlgorithm; readonly notBefore: number },
): KeyRowBase {
  const { id, algorithm, notBefore } = key
  const { publicKey } = services.keys.ensureSigner(id, algorithm)
  return {
    id,
    kid: toBase64url(publicKey.kid),
    public_jwk: encodeJson(publicKeyToJwk(publicKey)),
    not_before: notBefore,
    not_after: notBefore + KEY_LIFE_SECONDS,
    revoked_from: null,
    retired_at: null,
  }
}

/** The row of an owner's first key for a purpose; it begins with its day, as credentials say their time to the hour. */
export function firstKeyRow(
  services: Services,
  key: { readonly owner: string; readonly purpose: string; readonly algorithm: KeyAlgorithm },
): KeyRowBase {
  const { owner, purpose, algorithm } = key
  const now = services.now()
  const id = `${owner.toLowerCase()}-${purpose}-1`
  return newKeyRow(services, { id, algorithm, notBefore: now - (now % DAY_SECONDS) })
}
