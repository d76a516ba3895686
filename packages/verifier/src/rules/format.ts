/** Strict parsing (ARCHITECTURE §4): one table says which artefact is which; none passes for another. */
import { decodeFrameLines, decodeQrText, fault, isFrameText } from '@onetrip/codec'
import {
  codeNumber,
  type MdocSession,
  type Presentation,
  parsePresentation,
} from '@onetrip/credential'

const QR_PREFIX = 'OT1:'
/** Base64url of a brace and what may follow it in JSON: how JOSE headers begin. */
const JOSE_START = /^e[wy]/
/** Three parts of base64url, then a disclosure. */
const SD_JWT_START = /^[\w-]+\.[\w-]*\.[\w-]*~/
/** First bytes of a PDF: `%PDF`. */
const PDF = [0x25, 0x50, 0x44, 0x46] as const
/** First bytes of files that hold no CBOR: PDF, PNG, JPEG, ZIP (OFD too), gzip. */
const FOREIGN_FILES: readonly (readonly number[])[] = [
  PDF,
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x50, 0x4b, 0x03, 0x04],
  [0x1f, 0x8b],
]

/**
 * The input is one of the things a verifier reads, and well formed. Codes: those of the parsers;
 * `format/unsupported` for other formats, `qr/not-a-credential` for foreign text,
 * `credential/wrong-type` for our own artefacts that are no credential.
 */
export const format = {
  id: 'format',
  clause: 'ARCHITECTURE §4',
  read(input: Uint8Array | string, session?: MdocSession): Presentation {
    if (typeof input === 'string') return readText(input)
    if (!(input instanceof Uint8Array) || input.length === 0) throw fault('format/unsupported')
    if (isForeignFile(input)) throw fault('format/unsupported')
    return parsePresentation(input, session)
  },
} as const

/** Whether bytes begin as a file does that holds no CBOR. */
export function isForeignFile(bytes: Uint8Array): boolean {
  return FOREIGN_FILES.some((start) => startsWith(bytes, start))
}

/** Whether bytes begin as a PDF does. */
export function isPdf(bytes: Uint8Array): boolean {
  return startsWith(bytes, PDF)
}

function readText(text: string): Presentation {
  if (text.startsWith(QR_PREFIX)) return readCode(text)
  if (isFrameText(text)) return parsePresentation(decodeFrameLines(text))
  if (JOSE_START.test(text) || SD_JWT_START.test(text)) return parsePresentation(text)
  throw fault('qr/not-a-credential')
}

function readCode(text: string): Presentation {
  const read = parsePresentation(decodeQrText(text))
  return read.kind === 'paper' ? { ...read, codeNumber: codeNumber(text) } : read
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte)
}
