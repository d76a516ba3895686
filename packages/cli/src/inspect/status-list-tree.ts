/** What a status list says of itself; its bits are not inflated. */
import type { JsonObject } from '@onetrip/codec'
import type { StatusListToken } from '@onetrip/status'
import { utc } from '../utc.ts'

/** Address, times and size of a list whose structure was read. */
export function statusListTree(token: StatusListToken): JsonObject {
  const { uri, issuedAt, expiresAt, ttlSeconds, bits, compressed, form, algorithm } = token
  return {
    form,
    algorithm,
    uri,
    iat: utc(issuedAt),
    ...(expiresAt === undefined ? {} : { exp: utc(expiresAt) }),
    ttlSeconds,
    bits,
    compressedBytes: compressed.length,
  }
}
