/** The verdict on files that stay where they are: the sealed file is hashed as it streams by, nothing is sent or stored. */

import { digestFile, MAX_PDF_BYTES, mediaTypeOf } from '@onetrip/seal'
import {
  type DocumentOptions,
  type DocumentVerdict,
  type SealVerdict,
  verifyDocument,
  verifySeal,
} from '@onetrip/verifier'
import { readSealBytes } from './document-files.ts'
import { readPdfText } from './pdf-text.ts'

/** What can be judged: a PDF that carries its seals, a file with its `.seal`, or a seal by itself. */
export type WholeDocument =
  | { readonly kind: 'pdf'; readonly file: File }
  | { readonly kind: 'file'; readonly file: File; readonly sealFile: File }
  | { readonly kind: 'seal'; readonly file: File; readonly seal: Uint8Array | string }

/** How the reading is followed and stopped. */
export interface ReadingOptions {
  /** Told how many bytes were read so far. */
  readonly onBytes: (count: number) => void
  /** Ends the reading, which then rejects. */
  readonly stop: AbortSignal
}

/** Gives the verdict. Rejects when a file cannot be read, as when it was changed meanwhile. */
export async function checkDocument(
  document: WholeDocument,
  options: DocumentOptions,
  reading: ReadingOptions,
): Promise<DocumentVerdict | SealVerdict> {
  const { file } = document
  if (document.kind === 'seal') return verifySeal(document.seal, options)
  if (document.kind === 'pdf') {
    // Of a larger file one byte more than is allowed, so that it is found to be too large.
    const pdf = new Uint8Array(await file.slice(0, MAX_PDF_BYTES + 1).arrayBuffer())
    return verifyDocument({ pdf }, { ...options, readText: readPdfText })
  }
  const digest = await digestFile(chunksOf(file, reading))
  const sealFile = await readSealBytes(document.sealFile)
  const facts = { ...digest, mediaType: mediaTypeOf(file.name) }
  return verifyDocument({ file: facts, sealFile }, options)
}

/** Not every browser can walk over a stream by itself. */
async function* chunksOf(
  file: Blob,
  { onBytes, stop }: ReadingOptions,
): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    let count = 0
    for (;;) {
      stop.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) return
      count += value.length
      onBytes(count)
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
