/** What every key entry of the trust list has: the key, and from when to when it counts. */
import {
  type Algorithm,
  type ErrorCode,
  fault,
  isObject,
  type JsonObject,
  type PublicKey,
  parseNumericDate,
  publicKeyFromJwk,
} from '@onetrip/codec'

/** A key and its life; all times are Unix seconds and inclusive. */
export interface KeyLife {
  readonly key: PublicKey
  readonly notBefore: number
  readonly notAfter: number
  /** What it signed at or after this time counts for nothing. */
  readonly revokedFrom?: number
  /** Of a revoked issuing key: what it signed and is on record so early counts in spite of that. */
  readonly logged?: LoggedBelow | undefined
}

/** A place in a log: all entries with a lower index. */
export interface LoggedBelow {
  /** The log's name. */
  readonly log: string
  /** From 0; nothing is below it then. */
  readonly index: number
}

const KEY_ALGORITHMS: ReadonlySet<Algorithm> = new Set(['Ed25519', 'ES256'])

/** Reads `jwk`, `notBefore`, `notAfter` and `revokedFrom`. Throws trust/format, key/*, algorithm/not-allowed, time/format. */
export function parseKeyLife(entry: JsonObject): KeyLife {
  if (!isObject(entry['jwk'])) throw fault('key/format')
  const key = publicKeyFromJwk(entry['jwk'])
  if (!KEY_ALGORITHMS.has(key.algorithm)) throw fault('algorithm/not-allowed')
  const notBefore = parseNumericDate(entry['notBefore'])
  const notAfter = parseNumericDate(entry['notAfter'])
  if (notBefore > notAfter) throw fault('trust/format')
  const { revokedFrom } = entry
  return {
    key,
    notBefore,
    notAfter,
    ...(revokedFrom === undefined ? {} : { revokedFrom: parseNumericDate(revokedFrom) }),
  }
}

/**
 * Says whether a key was good at a time (Unix seconds, both ends inclusive): nothing when it was, else
 * `key/revoked` or `key/outside-validity`.
 */
export function keyValidity(
  { notBefore, notAfter, revokedFrom }: Omit<KeyLife, 'key'>,
  at: number,
): ErrorCode | undefined {
  if (revokedFrom !== undefined && at >= revokedFrom) return 'key/revoked'
  return at < notBefore || at > notAfter ? 'key/outside-validity' : undefined
}
