/** What tells that a file has to do with seals, before it is judged. */

/** The type of an embedded `.seal`, which stands in a PDF that our writer sealed, and is never compressed. */
const MARK = 'onetrip-seal+cbor'
const SEAL_NAME = /\.seal$/i

/** Whether a name is that of a `.seal`. */
export function isSealName(name: string): boolean {
  return SEAL_NAME.test(name)
}

/** Looks through a PDF as it streams by; what claims seals is judged, and what does not is as any other PDF. */
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
