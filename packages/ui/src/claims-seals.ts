/** What tells that a file has to do with seals, before it is judged. */

import { isPdf } from './code-intake.ts'

/** The type of an embedded `.seal`, which stands in a PDF that our writer sealed, and is never compressed. */
const MARK = 'onetrip-seal+cbor'
const SEAL_NAME = /\.seal$/i
/** A seal by itself has 4,608 characters at most, and a line end. */
const MAX_LONE_SEAL_BYTES = 4_610

/** What tells a seal by itself; it comes with all that sealed files need, so it is loaded when it is wanted. */
export interface LoneSealReader {
  readLoneSeal(file: Blob): Promise<unknown>
}

/**
 * Whether files that were dropped or chosen are to be judged as sealed ones: a `.seal` is among them, or the first is a PDF
 * that claims seals or a seal by itself.
 */
export async function areSealed(
  files: readonly [File, ...File[]],
  loadReader: () => Promise<LoneSealReader>,
): Promise<boolean> {
  if (files.some(({ name }) => isSealName(name))) return true
  const [first] = files
  if (await isPdf(first)) return claimsSeals(first)
  if (first.size > MAX_LONE_SEAL_BYTES) return false
  // Without it nothing can be judged: it is then what it was before.
  const reader = await loadReader().catch(() => undefined)
  return (await reader?.readLoneSeal(first)) !== undefined
}

/** Whether a name is that of a `.seal`. */
export function isSealName(name: string): boolean {
  return SEAL_NAME.test(name)
}

/** Looks through a PDF as it streams by; what claims seals is judged, and what does not is as every other PDF. */
export async function claimsSeals(file: Blob): Promise<boolean> {
  const reader = file.stream().getReader()
  const text = new TextDecoder('latin1')
  let tail = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return false
      // The mark may stand across two chunks.
      const read = tail + text.decode(value, { stream: true })
      if (read.includes(MARK)) return true
      tail = read.slice(-MARK.length)
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
