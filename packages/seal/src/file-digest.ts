/** Digest and length of a file in one read that serves every form and every impression, whatever the file's size. */
import { newSha256 } from '#platform'

/** What one read of a file gives. */
export interface FileDigest {
  /** SHA-256 of all bytes. */
  readonly sha256: Uint8Array
  /** In bytes. */
  readonly length: number
}

/** Reads chunks as they come and keeps none; how much is read is limited by whoever makes the chunks. */
export async function digestFile(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<FileDigest> {
  const hash = newSha256()
  let length = 0
  for await (const chunk of chunks) {
    hash.update(chunk)
    length += chunk.length
  }
  return { sha256: hash.digest(), length }
}
