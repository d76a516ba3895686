/**
 * The entry that a licence's securing leaves in the log: coded facts and a digest, all of which a verifier finds in the
 * credential alone. Nothing of it is personal, and nothing in it hangs on the unprotected header or on what is disclosed.
 */
import { encodeCbor, sha256, utf8Encode } from '@onetrip/codec'

/** First item of such an entry. */
const KIND = 'issuance'

/** What was issued. */
export interface Issuance {
  /** The agency's identifier (`iss`). */
  readonly issuer: string
  /** The licence type (`vct`). */
  readonly type: string
  /** `iat`, epoch seconds. */
  readonly issuedAt: number
  /** Of the signed bytes: {@link digestOfSign1} or {@link digestOfJwt}. */
  readonly digest: Uint8Array
}

/** Deterministic CBOR: ["issuance", iss, vct, iat, digest]. */
export function issuanceEntry({ issuer, type, issuedAt, digest }: Issuance): Uint8Array {
  return encodeCbor([KIND, issuer, type, issuedAt, digest])
}

/** SHA-256 of the CBOR array of a COSE_Sign1's protected header, payload and signature, as they were received. */
export function digestOfSign1(sign1: {
  readonly protectedBytes: Uint8Array
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}): Uint8Array {
  return sha256(encodeCbor([sign1.protectedBytes, sign1.payload, sign1.signature]))
}

/** SHA-256 of the issuer-signed JWT of an SD-JWT: the part before the first tilde. */
export function digestOfJwt(jwt: string): Uint8Array {
  return sha256(utf8Encode(jwt))
}
