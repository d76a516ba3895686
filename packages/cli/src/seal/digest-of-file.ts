/** What the server is told of a file that stays here. */
import { basename } from 'node:path'
import { toBase64url } from '@onetrip/codec'
import { digestOfFile } from '../read-sealed-file.ts'

/** A file as requests for a seal name it. */
export interface NamedFile {
  /** base64url */
  readonly sha256: string
  readonly length: number
  readonly mediaType: string
  readonly name: string
}

/** Reads a file once. Throws `UsageError` when it cannot be read. */
export async function namedFile(file: string): Promise<NamedFile> {
  const { sha256, length, mediaType } = await digestOfFile(file)
  return { sha256: toBase64url(sha256), length, mediaType, name: basename(file) }
}
