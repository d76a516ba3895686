/**
 * The short code by which an administrator recognises the device in front of them: 40 bits of a hash over everything
 * the device asks for. Device and server each compute it, so a key, office or name that was swapped on the way shows
 * another code; the server's fresh nonce in it leaves no time to search for a key with the same one.
 */
import { encodeCbor, type PublicKey, sha256 } from '@onetrip/codec'

/** Crockford's alphabet: no letter that is taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 8
const BITS_PER_CHARACTER = 5
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
  const hash = sha256(encodeCbor([PURPOSE, key.algorithm, key.raw, office, deviceName, nonce]))
  // 40 bits stay exact in a number.
  let bits = hash.subarray(0, 5).reduce((sum, byte) => sum * 256 + byte, 0)
  let code = ''
  for (let at = 0; at < CHARACTERS; at += 1) {
    code = `${ALPHABET[bits % 2 ** BITS_PER_CHARACTER]}${code}`
    bits = Math.floor(bits / 2 ** BITS_PER_CHARACTER)
  }
  return code
}
