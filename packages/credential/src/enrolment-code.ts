/**
 * The short code by which an administrator recognises the device in front of them: 40 bits of a hash over everything
 * the device asks for. Device and server each compute it, so a key, office or name that was swapped on the way shows
 * another code; the server's fresh nonce in it leaves no time to search for a key with the same one.
 */
import { encodeCbor, type PublicKey, sha256 } from '@onetrip/codec'
import { shortHash } from './short-hash.ts'

const PURPOSE = 'onetrip-enrolment-code'

/** What a device asks to be enrolled with. */
export interface EnrolmentCodeInput {
  readonly key: PublicKey
  /** Unified social credit code of the office. */
  readonly office: string
  readonly deviceName: string
  /** The server's nonce that the request answered, base64url. */
  readonly nonce: string
}

/** The code, 8 characters of A-Z (without I, L, O, U) and 0-9; shown in two groups of four. */
export function enrolmentCode(input: EnrolmentCodeInput): string {
  const { key, office, deviceName, nonce } = input
  return shortHash(sha256(encodeCbor([PURPOSE, key.algorithm, key.raw, office, deviceName, nonce])))
}
