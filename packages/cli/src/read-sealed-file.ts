/** Finds the `.seal` of a file, and reads what a verdict needs of both: the file in one pass, never kept. */
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { digestFile, type FileFacts, MAX_SEAL_FILE_BYTES, mediaTypeOf } from '@onetrip/seal'
import type { SealedDocument } from '@onetrip/verifier'
import { printable } from './printable.ts'
import { readLimited, STANDARD_INPUT } from './read-limited.ts'
import { UsageError } from './usage.ts'

/** The file that a `.seal` is beside, where that is what was named; else what was named. */
export async function fileOf(named: string): Promise<string> {
  const beside = named.replace(/\.seal$/, '')
  return beside !== named && (await isFile(beside)) ? beside : named
}

/** The `.seal` to verify FILE with: the one named, else the one beside it, where there is one. Throws {@link UsageError}. */
export async function sealFileFor(
  file: string,
  named: string | undefined,
): Promise<string | undefined> {
  if (file !== STANDARD_INPUT) {
    const beside = `${file}.seal`
    return named ?? ((await isFile(beside)) ? beside : undefined)
  }
  if (named !== undefined)
    throw new UsageError('a sealed file is named: its type is that of its name')
  return undefined
}

/** Reads a file and its `.seal`. Throws {@link UsageError} when one of them cannot be read, or the file has no end. */
export async function readSealedFile(file: string, sealFile: string): Promise<SealedDocument> {
  // One byte more than is taken, so that what is too long is refused by its own rule.
  const sealBytes = await readLimited(sealFile, MAX_SEAL_FILE_BYTES + 1)
  return { file: await digestOfFile(file), sealFile: sealBytes }
}

/** Digest, length and media type of a file, in one read. Throws {@link UsageError} when it cannot be read, or has no end. */
export async function digestOfFile(file: string): Promise<FileFacts> {
  if (!(await isFile(file))) throw unreadable(file)
  const handle = await open(file).catch(() => {
    throw unreadable(file)
  })
  try {
    const digest = await digestFile(handle.createReadStream({ highWaterMark: 2 ** 20 }))
    return { ...digest, mediaType: mediaTypeOf(basename(file)) }
  } catch {
    throw unreadable(file)
  } finally {
    await handle.close().catch(() => {})
  }
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ?? false
}

function unreadable(file: string): UsageError {
  return new UsageError(`cannot read ${printable(file)}`)
}
