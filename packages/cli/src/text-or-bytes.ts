/** Tells text from bytes in what a file holds. */

/** First byte of a COSE_Sign1 (tag 18, RFC 9052 §2). */
const COSE_SIGN1 = 0xd2
/** Control characters that no text file holds: bytes with one of them are not text. */
const CONTROLS = /[\p{Cc}--[\t\r\n]]/v

/** Text loses the one line end that editors add; all else stays bytes. */
export function textOrBytes(bytes: Uint8Array): Uint8Array | string {
  if (bytes[0] === COSE_SIGN1) return bytes
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return CONTROLS.test(text) ? bytes : text.replace(/\r?\n$/, '')
  } catch {
    return bytes
  }
}
