/**
 * How a licence names the seal that it was issued under: by the first 8 bytes of the SHA-256 of the seal's COSE_Sign1 bytes
 * (ARCHITECTURE §2), as a key is named by its `kid`. Whoever could make a second seal of the same name would have to get
 * it signed by the seal maker, and for the same owner.
 */
import {
  type CborValue,
  fault,
  fromBase64url,
  isBytes,
  type JsonValue,
  sha256,
} from '@onetrip/codec'

/** Length of a reference. */
export const SEAL_REFERENCE_BYTES = 8
/** 8 bytes in base64url, whose last character carries four bits. */
const SEAL_REFERENCE_TEXT = /^[\w-]{10}[AEIMQUYcgkosw048]$/

/** The 8 bytes by which a licence names a seal, of which `seal` is the COSE_Sign1. */
export function sealReference(seal: Uint8Array): Uint8Array {
  return sha256(seal).slice(0, SEAL_REFERENCE_BYTES)
}

/** Refuses what is not 8 bytes: `TypeError`. */
export function assertSealReference({ length }: Uint8Array): void {
  if (length !== SEAL_REFERENCE_BYTES) throw new TypeError('a seal is named by 8 bytes')
}

/** Reads the reference in a licence map. Throws `claim/format`. */
export function parseCborSealReference(value: CborValue): Uint8Array {
  if (!isBytes(value) || value.length !== SEAL_REFERENCE_BYTES) throw fault('claim/format')
  return value
}

/** Reads the member `seal` of an SD-JWT VC: 11 characters of base64url. Throws `claim/format`. */
export function parseJsonSealReference(value: JsonValue): Uint8Array {
  if (typeof value !== 'string' || !SEAL_REFERENCE_TEXT.test(value)) throw fault('claim/format')
  return fromBase64url(value)
}
