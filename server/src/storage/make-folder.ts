/** Folders of the server's data, made for the owner only. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o700

/**
 * Makes a folder, its parents before it, each once; one that is there stays as it is. Node's own `recursive` makes the parent and
 * tries again, for ever where a parent is there and says ENOENT, as `/proc` does. Throws what the system refuses.
 */
export function makeFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  try {
    mkdirSync(path, { mode: OWNER_ONLY })
  } catch (error) {
    // Another process of the same start may have been quicker.
    if (!existsSync(path) || !statSync(path).isDirectory()) throw error
  }
}
