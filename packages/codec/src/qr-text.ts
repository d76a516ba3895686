/**
 * The text inside a OneTrip QR code: `OT1:` and the Base45 of one COSE_Sign1 (tag 18). It is data, never an
 * address: nothing opens it. Nothing in it is compressed, so nothing can blow up.
 */
import { decodeBase45, encodeBase45 } from './base45.ts'
import { fault } from './errors.ts'

const PREFIX = 'OT1:'
const SIGN1_TAG = 0xd2
/** Alphanumeric capacity of the largest code, version 40-L (ISO/IEC 18004). */
const MAX_CHARACTERS = 4_296

/**
 * QR text of an encoded COSE_Sign1, only signs of the alphanumeric mode.
 * Throws `TypeError` when the bytes do not begin with tag 18.
 */
export function encodeQrText(bytes: Uint8Array): string {
  if (bytes[0] !== SIGN1_TAG) throw new TypeError('not a tagged COSE_Sign1')
  return PREFIX + encodeBase45(bytes)
}

/**
 * The COSE_Sign1 bytes in a QR text of at most `maxChars` characters. Nothing is trimmed, since a space
 * is a symbol of Base45. Throws `qr/not-a-credential` (another prefix, a URL, other bytes inside),
 * `qr/limit`, `qr/encoding`.
 */
export function decodeQrText(text: string, maxChars: number = MAX_CHARACTERS): Uint8Array {
  if (!text.startsWith(PREFIX)) throw fault('qr/not-a-credential')
  if (text.length > maxChars) throw fault('qr/limit')
  const bytes = decodeBase45(text.slice(PREFIX.length))
  if (bytes[0] !== SIGN1_TAG) throw fault('qr/not-a-credential')
  return bytes
}
