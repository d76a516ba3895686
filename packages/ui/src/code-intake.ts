/** Codes that come as files, by paste or by drop: pictures, text files, credentials as bytes. */

import { utf8Decode } from '@onetrip/codec'
import { readPicture } from './scanner-client.ts'

/** What `verify` takes: the text of a code or the bytes of a presentation. */
export type CodeInput = string | Uint8Array

/** Larger files that are no pictures are not looked at. */
const MAX_FILE_BYTES = 262_144
/** First byte of every COSE_Sign1 with its tag (RFC 9052 §2). */
const TAG_18 = 0xd2

/** Reads the code in a file; undefined when there is none. Rejects when the reader cannot start. */
export async function readCodeFile(file: Blob): Promise<CodeInput | undefined> {
  if (file.type.startsWith('image/')) return readPicture(file)
  if (file.size === 0 || file.size > MAX_FILE_BYTES) return undefined
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === TAG_18) return bytes
  try {
    return trimLineEnds(utf8Decode(bytes))
  } catch {
    return undefined
  }
}

/** The code in what was pasted or dropped: a file first, else its text. */
export async function readTransfer(transfer: DataTransfer | null): Promise<CodeInput | undefined> {
  const [file] = transfer?.files ?? []
  if (file !== undefined) return readCodeFile(file)
  const text = trimLineEnds(transfer?.getData('text/plain') ?? '')
  return text === '' ? undefined : text
}

/** Takes line ends and tabs off both ends; a space is a symbol of Base45 and stays. */
export function trimLineEnds(text: string): string {
  return text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '')
}
