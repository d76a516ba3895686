/** Files that are whole or not there: written beside, on the medium, then given their name. */
import { randomBytes } from 'node:crypto'
import { link, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { printable } from '../printable.ts'
import { UsageError } from '../usage.ts'

/** Writes a file in place of the one that is there. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const draft = await writeDraft(path, bytes)
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** Writes a file that is not there yet. Throws `UsageError` when it is. */
export async function createFile(path: string, bytes: Uint8Array): Promise<void> {
  const draft = await writeDraft(path, bytes)
  try {
    await link(draft, path)
  } catch {
    throw new UsageError(`${printable(path)} is there already`)
  } finally {
    await unlink(draft)
  }
  await syncFolder(dirname(path))
}

async function writeDraft(path: string, bytes: Uint8Array): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`
  const file = await open(draft, 'wx').catch(() => {
    throw new UsageError(`cannot write ${printable(path)}`)
  })
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  return draft
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
