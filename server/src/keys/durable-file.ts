/** Small files that appear whole or not at all, and never replace one that is there. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o600

/** Writes `content` to `path`, readable by the owner only; returns false when the file exists already. */
export function createFileOnce(path: string, content: string): boolean {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`
  try {
    writeThrough(draft, content)
    // A link fails where the name is taken: two processes starting together keep one file.
    linkSync(draft, path)
    syncFolder(dirname(path))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    // Also where it does not fit on the disk.
    rmSync(draft, { force: true })
  }
}

function writeThrough(path: string, content: string): void {
  const file = openSync(path, 'wx', OWNER_ONLY)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
