/** The signature over a trust list: a JWS of one root key (RFC 7515 §3.1). */
import {
  decodeJws,
  fault,
  type JsonObject,
  type PublicKey,
  parseJson,
  type Signer,
  signJws,
  toBase64url,
  verifyJws,
} from '@onetrip/codec'
import { parseTrustList, type TrustList } from './trust-list.ts'

/** `typ` of a signed trust list. */
export const TRUST_LIST_TYPE = 'onetrip-trust-list+jws'

/** Largest signed trust list accepted, in characters. */
export const MAX_TRUST_LIST_CHARS = 1_048_576

const LIMITS = { maxBytes: MAX_TRUST_LIST_CHARS, maxItems: 65_536 } as const

/**
 * Signs a trust list; what our own parser would refuse is not signed. Throws as `parseTrustList` does.
 */
export async function signTrustList(list: JsonObject, signer: Signer): Promise<string> {
  parseTrustList(list)
  const kid = toBase64url(signer.publicKey.kid)
  return signJws({ header: { typ: TRUST_LIST_TYPE, kid }, payload: list, signer })
}

/**
 * Verifies a trust list with the root key, then reads it. `environment`, when given, has to be the list's.
 * Throws trust/too-large, trust/format, trust/wrong-environment, signature/*, algorithm/not-allowed and the
 * codes of jws, json and `parseTrustList`.
 */
export async function openTrustList(options: {
  readonly token: string
  readonly root: PublicKey
  readonly environment?: string | undefined
}): Promise<TrustList> {
  const { token, root, environment } = options
  if (token.length > MAX_TRUST_LIST_CHARS) throw fault('trust/too-large')
  const jws = decodeJws(token, { maxCharacters: MAX_TRUST_LIST_CHARS })
  if (jws.header['typ'] !== TRUST_LIST_TYPE) throw fault('trust/format')
  await verifyJws(jws, root)
  const list = parseTrustList(parseJson(jws.payload, LIMITS))
  if (environment !== undefined && list.environment !== environment) {
    throw fault('trust/wrong-environment')
  }
  return list
}

/** Refuses to put an older list in the place of a newer one, by version, then by time. Throws trust/rollback. */
export function assertNotOlder(
  current: Pick<TrustList, 'version' | 'signedAt'>,
  next: Pick<TrustList, 'version' | 'signedAt'>,
): void {
  const isOlder = next.version < current.version || next.signedAt < current.signedAt
  if (isOlder) throw fault('trust/rollback')
}
