/** One writer per folder. The operating system lets go of the lock when the process ends, however it ends. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { printable } from '../printable.ts'
import { UsageError } from '../usage.ts'

/** A lock that is held. */
export interface FolderLock {
  readonly release: () => void
}

/** Takes the lock of a folder. Throws `UsageError` when another process has it. */
export function lockFolder(folder: string): FolderLock {
  // Node has no file locks but those of its database.
  const database = new DatabaseSync(join(folder, 'writer.lock'))
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch {
    database.close()
    throw new UsageError(`${printable(folder)} is in use by another process`)
  }
  return { release: () => database.close() }
}
