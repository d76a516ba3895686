/** Which of the files a person gives is the sealed one, and which its `.seal`. */

import {
  isSealForm,
  MAX_SEAL_CHARACTERS,
  MAX_SEAL_FILE_BYTES,
  parseSealFile,
  type SealFile,
} from '@onetrip/seal'
import { isSealName } from '../claims-seals.ts'
import { codeInputOf } from '../code-intake.ts'

/** What is here of a sealed file. */
export interface DocumentFiles {
  readonly file?: File
  readonly sealFile?: File
}

/** First bytes of a map in CBOR with few entries (RFC 8949 §3.1). */
const MAP_HEADS = { least: 0xa0, most: 0xb7 } as const

/**
 * Adds files to those that are here, in any order; a file of a kind takes the place of an earlier one. Nothing when there
 * are two of a kind among the files themselves.
 */
export async function addFiles(
  before: DocumentFiles,
  files: readonly File[],
): Promise<DocumentFiles | undefined> {
  const sealFiles: File[] = []
  for (const file of files) if (await isSealFile(file)) sealFiles.push(file)
  const others = files.filter((file) => !sealFiles.includes(file))
  if (sealFiles.length > 1 || others.length > 1) return undefined
  const [sealFile = before.sealFile] = sealFiles
  const [file = before.file] = others
  return {
    ...(file === undefined ? {} : { file }),
    ...(sealFile === undefined ? {} : { sealFile }),
  }
}

/** The bytes of a `.seal`; of a larger file one more than is allowed, so that it is found to be too large. */
export async function readSealBytes(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, MAX_SEAL_FILE_BYTES + 1).arrayBuffer())
}

/** Reads a `.seal`, nothing of it verified; nothing when it is none. */
export function openSealFile(bytes: Uint8Array): SealFile | undefined {
  try {
    return parseSealFile(bytes)
  } catch {
    return undefined
  }
}

/** The seal that a file is by itself, in either form, nothing of it verified; nothing when it is none. */
export async function readLoneSeal(file: Blob): Promise<Uint8Array | string | undefined> {
  // Editors add a line end.
  if (file.size > MAX_SEAL_CHARACTERS + 2) return undefined
  const input = codeInputOf(new Uint8Array(await file.arrayBuffer()))
  return input !== undefined && isSealForm(input) ? input : undefined
}

/** Messengers change names, so what has another name may be one by its content. */
async function isSealFile(file: File): Promise<boolean> {
  if (isSealName(file.name)) return true
  if (file.size > MAX_SEAL_FILE_BYTES) return false
  const [head = 0] = new Uint8Array(await file.slice(0, 1).arrayBuffer())
  if (head < MAP_HEADS.least || head > MAP_HEADS.most) return false
  return openSealFile(await readSealBytes(file)) !== undefined
}
