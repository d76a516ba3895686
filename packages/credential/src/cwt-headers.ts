/** The COSE headers of our CWTs (RFC 9052 §3.1, draft-ietf-spice-sd-cwt §6). */
import type { CborKey, CborMap, CborValue } from '@onetrip/codec'
import { HEADER } from './labels.ts'

/** The protected header, `alg` aside. */
export function cwtHeader(typ: number, kid: Uint8Array): CborMap {
  return new Map<CborKey, CborValue>([
    [HEADER.kid, kid],
    [HEADER.typ, typ],
  ])
}

/** The unprotected header with `sd_claims` and `receipts`; an empty array is invalid, so none is written. */
export function unprotectedHeader(
  disclosures: readonly Uint8Array[],
  receipts: readonly Uint8Array[] = [],
): CborMap {
  const header = new Map<CborKey, CborValue>()
  if (disclosures.length > 0) header.set(HEADER.sdClaims, disclosures)
  if (receipts.length > 0) header.set(HEADER.receipts, receipts)
  return header
}
