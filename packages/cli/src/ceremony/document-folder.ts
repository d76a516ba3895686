/** The documents that targets name, as files in the folder `N.targets` beside `N.targets.json`. */

import { dirname, join } from 'node:path'
import { fault, sha256, toHex } from '@onetrip/codec'
import { AS_USUAL, makeFolder } from '@onetrip/server/make-folder'
import { MAX_TARGET_BYTES, type TufTargets } from '@onetrip/trust'
import { readLimited } from '../read-limited.ts'
import { createFile } from './write-file.ts'

/** Writes each document. */
export async function writeDocuments(
  targetsFile: string,
  documents: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  for (const [path, bytes] of documents) {
    const file = join(folderOf(targetsFile), path)
    makeFolder(dirname(file), AS_USUAL)
    await createFile(file, bytes)
  }
}

/**
 * Reads each document and compares it with what targets say, so that nobody signs for what they have not seen. Throws
 * `UsageError` for a missing one, `trust/hash-mismatch`. Paths of targets cannot leave the folder: their parser sees to it.
 */
export async function readDocuments(
  targetsFile: string,
  { targets }: TufTargets,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const documents = new Map<string, Uint8Array>()
  for (const [path, { sha256: digest }] of targets) {
    const bytes = await readLimited(join(folderOf(targetsFile), path), MAX_TARGET_BYTES + 1)
    if (toHex(sha256(bytes)) !== digest) throw fault('trust/hash-mismatch', path)
    documents.set(path, bytes)
  }
  return documents
}

function folderOf(targetsFile: string): string {
  return targetsFile.replace(/\.json$/, '')
}
