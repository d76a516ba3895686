/** Whether a PDF claims to carry seals of ours: the type of the embedded `.seal` stands in it, and is never compressed. */

const MARK = 'onetrip-seal+cbor'

/** Looks through a file as it streams by; what claims seals is judged, and what does not is as any other PDF. */
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
