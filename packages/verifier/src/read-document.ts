/** The first two rules on a sealed file: limits, then strict parsing of what carries the seals. */
import { fault } from '@onetrip/codec'
import {
  MAX_PDF_BYTES,
  MAX_SEAL_BYTES,
  MAX_SEAL_CHARACTERS,
  MAX_SEAL_FILE_BYTES,
  parseSealFile,
  parseSealForm,
  readSealedPdf,
  type SealedPdf,
  type SealFile,
  type SealForm,
} from '@onetrip/seal'
import { notRun, ran } from './judge.ts'
import { format, isForeignFile, isPdf } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import { settle } from './settle.ts'
import type { Check } from './verdict.ts'

/** What reading gave; `value` is there exactly when both checks passed. */
export interface DocumentReading<Value> {
  readonly value: Value | undefined
  readonly checks: readonly Check[]
}

/**
 * Reads the bytes of a `.seal`; nothing is trusted yet. Codes: `seal/too-large`, `format/unsupported` (not even CBOR), and
 * those of the parsers.
 */
export function readSealFile(bytes: Uint8Array): DocumentReading<SealFile> {
  if (bytes.length > MAX_SEAL_FILE_BYTES) return tooLarge('seal/too-large')
  return read(() => {
    if (bytes.length === 0 || isForeignFile(bytes)) throw fault('format/unsupported')
    return parseSealFile(bytes)
  })
}

/** Reads a seal by itself in either form; nothing is trusted yet. Codes: `seal/too-large`, and those of the parsers. */
export function readSealForm(input: Uint8Array | string): DocumentReading<SealForm> {
  const most = typeof input === 'string' ? MAX_SEAL_CHARACTERS : MAX_SEAL_BYTES
  if (input.length > most) return tooLarge('seal/too-large')
  return read(() => parseSealForm(input))
}

/** Reads a PDF; nothing is trusted yet. Codes: `format/unsupported` (no PDF), `pdf/*`. */
export function readPdf(bytes: Uint8Array): DocumentReading<SealedPdf> {
  if (bytes.length > MAX_PDF_BYTES) return tooLarge('pdf/too-large')
  return read(() => {
    if (!isPdf(bytes)) throw fault('format/unsupported')
    return readSealedPdf(bytes)
  })
}

function tooLarge(code: 'seal/too-large' | 'pdf/too-large'): DocumentReading<never> {
  return { value: undefined, checks: [ran(limits, code), notRun(format)] }
}

function read<Value>(parse: () => Value): DocumentReading<Value> {
  const settled = settle(parse)
  return { value: settled.value, checks: [ran(limits), ran(format, settled.code)] }
}
