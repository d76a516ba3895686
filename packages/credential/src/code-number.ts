/**
 * The number under a printed code (二维码编号): forty bits of the SHA-256 of the code's text, which is all that it depends on.
 * Whoever scanned a code can say which sheet it was; it proves nothing, as anybody can compute it.
 */
import { sha256, utf8Encode } from '@onetrip/codec'
import { shortHash } from './short-hash.ts'

/** Name of the file in a printed licence's PDF that holds the code's text. */
export const CODE_FILE_NAME = 'licence-code.txt'

/** The number of a code's text (`OT1:…`), in two groups of four: `7Q2M-9K4T`. */
export function codeNumber(codeText: string): string {
  const text = shortHash(sha256(utf8Encode(codeText)))
  return `${text.slice(0, 4)}-${text.slice(4)}`
}
