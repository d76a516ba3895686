/** Reading what another server sends, of which only so much is taken. */

/** All bytes of a body. `TypeError` when there are more than `maxBytes`; no more are read then. */
export async function readCapped(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    // Leaving the loop cancels the stream.
    if (length > maxBytes) throw new TypeError('larger than allowed')
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
