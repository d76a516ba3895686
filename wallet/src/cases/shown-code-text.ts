/**
 * What a phone shows a kiosk after its holder agreed: `OT1K:` and the Base45 of the 32 bytes of the response code, so that a camera and
 * a scanner that types both read it safely.
 */
import { decodeBase45, encodeBase45, fromBase64url, toBase64url } from '@onetrip/codec'

const PREFIX = 'OT1K:'
const CODE_BYTES = 32
/** Three symbols for two bytes. */
const CODE_SYMBOLS = 48

/** The text of the code; `code` is 43 characters of base64url, as it came back from the server. */
export function shownCodeText(code: string): string {
  return `${PREFIX}${encodeBase45(fromBase64url(code))}`
}

/** The response code in a scanned text; nothing in any other text. */
export function shownCodeIn(text: string): string | undefined {
  if (!text.startsWith(PREFIX) || text.length !== PREFIX.length + CODE_SYMBOLS) return undefined
  try {
    const bytes = decodeBase45(text.slice(PREFIX.length))
    return bytes.length === CODE_BYTES ? toBase64url(bytes) : undefined
  } catch {
    return undefined
  }
}
