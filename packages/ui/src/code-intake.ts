/** Codes that come as files, by paste or by drop: pictures, PDF, text files, credentials as bytes. */

import { utf8Decode } from '@onetrip/codec'
import type { PdfOptions, PdfProgress, PdfReading } from './pdf-reader.ts'
import { pixelsOf } from './picture-size.ts'
import { type PickCode, readPicture } from './scanner-client.ts'
import { trimLineEnds } from './trim-line-ends.ts'

/** What `verify` takes: the text of a code or the bytes of a presentation. */
export type CodeInput = string | Uint8Array

/** Why a file gave nothing. */
export type FileTrouble =
  | Extract<PdfReading, { readonly trouble: unknown }>['trouble']
  | 'too-large'
  /** A picture that this browser cannot open: of another kind, or broken. */
  | 'not-opened'

/** What came of a file. */
export type FileReading = { readonly input: CodeInput } | { readonly trouble: FileTrouble }

/** How to read a file. */
export interface FileOptions {
  /** Says of a text whether it is what is asked for; where a file holds several codes it decides. */
  readonly isOurs: (text: string) => boolean
  /** Reads PDF, in the faces that do; elsewhere a PDF holds no code. */
  readonly readPdf?: (file: Blob, options: PdfOptions) => Promise<PdfReading>
  readonly onPage?: (progress: PdfProgress) => void
  /** Ends the reading, which then rejects. */
  readonly signal?: AbortSignal
}

/** Larger files that are neither picture nor PDF are not looked at. */
const MAX_FILE_BYTES = 262_144
/** Larger pictures are not opened; a camera's full picture has 5 to 12 MB. */
const MAX_PICTURE_BYTES = 31_457_280
/** What a few kilobytes claim to be may take gigabytes to open; the largest phone cameras have 50 million. */
const MAX_PICTURE_PIXELS = 64_000_000
/** First byte of every COSE_Sign1 with its tag (RFC 9052 §2). */
const TAG_18 = 0xd2
/** How a PDF begins, within its first kilobyte (ISO 32000-2 §7.5.2, annex I). */
const PDF_HEAD = '%PDF-'
const PDF_HEAD_WITHIN = 1024

/** Reads the code in a text or a file. Rejects when cancelled or when the reader cannot start. */
export async function readContent(
  content: Blob | string,
  options: FileOptions,
): Promise<FileReading> {
  return typeof content === 'string' ? found(trimLineEnds(content)) : readFile(content, options)
}

/** The files that were pasted or dropped. The browser empties the transfer after the event. */
export function filesOf(transfer: DataTransfer | null): readonly File[] {
  return [...(transfer?.files ?? [])]
}

/** What was pasted or dropped: a file first, else text. */
export function contentOf(transfer: DataTransfer | null): Blob | string {
  const [file] = filesOf(transfer)
  return file ?? transfer?.getData('text/plain') ?? ''
}

async function readFile(file: Blob, options: FileOptions): Promise<FileReading> {
  const pick: PickCode = (texts) => texts.find(options.isOurs)
  if (file.type.startsWith('image/')) {
    if (file.size > MAX_PICTURE_BYTES) return { trouble: 'too-large' }
    const pixels = await pixelsOf(file)
    if (pixels > MAX_PICTURE_PIXELS) return { trouble: 'too-large' }
    if (pixels === 0) return { trouble: 'not-opened' }
    return found(await readPicture(file, pick))
  }
  if (options.readPdf !== undefined && (await isPdf(file))) {
    const { onPage, signal } = options
    const reading = await options.readPdf(file, { pick, onPage, signal })
    return 'text' in reading ? { input: reading.text } : reading
  }
  if (file.size > MAX_FILE_BYTES) return { trouble: 'too-large' }
  return found(codeInputOf(new Uint8Array(await file.arrayBuffer())))
}

function found(input: CodeInput | undefined): FileReading {
  return input === undefined || input === '' ? { trouble: 'no-code' } : { input }
}

/** What a small file holds: the bytes of a COSE_Sign1, else text without the line end that editors add; nothing else. */
export function codeInputOf(bytes: Uint8Array): CodeInput | undefined {
  if (bytes[0] === TAG_18) return bytes
  try {
    return trimLineEnds(utf8Decode(bytes))
  } catch {
    return undefined
  }
}

/** Whether a file is a PDF, by its type or its beginning. */
export async function isPdf(file: Blob): Promise<boolean> {
  if (file.type === 'application/pdf') return true
  const head = new Uint8Array(await file.slice(0, PDF_HEAD_WITHIN).arrayBuffer())
  return String.fromCharCode(...head).includes(PDF_HEAD)
}
