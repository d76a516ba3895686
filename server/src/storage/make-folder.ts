/** Folders, made one by one; those of the server's data for the owner only. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o700
/** As the process's mask has it. */
export const AS_USUAL: number = 0o777

/**
 * Makes a folder, its parents before it, each once, with a mode that the process's mask narrows; one that is there stays as it is. Node's own `recursive` makes the parent and
 * tries again, for ever where a parent is there and says ENOENT, as `/proc` does. Throws what the system refuses.
 */
export function makeFolder(path: string, mode: number = OWNER_ONLY): void {
  if (existsSync(path) && statSync(path).isDirectory()) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process of the same start may have been quicker.
    if (!existsSync(path) || !statSync(path).isDirectory()) throw error
  }
}
