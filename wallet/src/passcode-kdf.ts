/**
 * Argon2id (RFC 9106) of a passcode, the wallet's one password-based derivation. The only user of
 * `@noble/hashes`; it runs in a worker (kdf-worker.ts), for it takes up to two seconds on a cheap phone.
 */
import { argon2id } from '@noble/hashes/argon2.js'

/** Length of what is derived. */
const STRETCHED_BYTES = 32

/** What a derivation costs; kept beside every wrapped key, so that it can be raised later. */
export interface KdfCost {
  /** Memory in KiB. */
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

/** A passcode to stretch. */
export interface StretchRequest extends KdfCost {
  /** UTF-8 of the NFKC form. */
  readonly secret: Uint8Array
  /** 16 bytes. */
  readonly salt: Uint8Array
}

/** Stretches a passcode elsewhere: in the worker, or in tests at once. */
export type Stretch = (request: StretchRequest) => Promise<Uint8Array>

/** The floor of OWASP's list, right for cheap phones: 19 MiB, two passes, one lane. */
export const KDF_COST: KdfCost = { memoryKib: 19 * 1024, passes: 2, lanes: 1 }

/** 32 bytes of Argon2id version 1.3; blocks for as long as it takes. */
export function stretchNow(request: StretchRequest): Uint8Array {
  return argon2id(request.secret, request.salt, {
    m: request.memoryKib,
    t: request.passes,
    p: request.lanes,
    dkLen: STRETCHED_BYTES,
  })
}
