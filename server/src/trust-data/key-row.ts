/** What the rows of all keys share: the public half, and from when to when it counts. */
import { encodeJson, publicKeyToJwk, toBase64url } from '@onetrip/codec'
import type { HsmKeyKind } from '../config-hsm.ts'
import type { Services } from '../services.ts'

/** What the server signs with. */
export type KeyAlgorithm = 'Ed25519' | 'ES256'

/** What an agency's, an office's or a seal maker's key is for. */
export type ListedPurpose =
  | 'issue-cbor'
  | 'issue-jws'
  | 'status-cbor'
  | 'status-jws'
  | 'enrol'
  | 'ask'
  | 'seal-cbor'
  | 'seal-jws'
  | 'seal-status-cbor'
  | 'seal-status-jws'

/** What a key is for, by what an HSM may hold. */
const KINDS: Readonly<Record<ListedPurpose, HsmKeyKind>> = {
  'issue-cbor': 'licence',
  'issue-jws': 'licence',
  'status-cbor': 'status',
  'status-jws': 'status',
  enrol: 'office',
  ask: 'office',
  'seal-cbor': 'seal',
  'seal-jws': 'seal',
  'seal-status-cbor': 'status',
  'seal-status-jws': 'status',
}

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

/** The row of the key named `id`; makes the key where there is none. `notBefore` in Unix seconds. Throws `key/unavailable`. */
export async function newKeyRow(
  services: Services,
  key: {
    readonly id: string
    readonly purpose: ListedPurpose
    readonly algorithm: KeyAlgorithm
    readonly notBefore: number
  },
): Promise<KeyRowBase> {
  const { id, purpose, algorithm, notBefore } = key
  const { publicKey } = await services.keys.makeSigner(id, { algorithm, kind: KINDS[purpose] })
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
  key: {
    readonly owner: string
    readonly purpose: ListedPurpose
    readonly algorithm: KeyAlgorithm
  },
): Promise<KeyRowBase> {
  const { owner, purpose, algorithm } = key
  const now = services.now()
  const id = `${owner.toLowerCase()}-${purpose}-1`
  return newKeyRow(services, { id, purpose, algorithm, notBefore: now - (now % DAY_SECONDS) })
}
