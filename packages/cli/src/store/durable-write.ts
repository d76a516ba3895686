/** Files that are there whole or not at all, also after a power cut. */
import { open, rename, rm } from 'node:fs/promises'

/** What a file is called until it is whole. */
export const DRAFT_SUFFIX = '.draft'

/** Writes a file beside its place, syncs it and renames it; {@link syncFolder} makes the name last. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}${DRAFT_SUFFIX}`
  try {
    const file = await open(draft, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Makes the names in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whether an error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
