/** The first two rules on a sealed file, which make impressions of the `.seal`: limits, then strict parsing. */
import { fault } from '@onetrip/codec'
import { MAX_SEAL_FILE_BYTES, parseSealFile, type SealFile } from '@onetrip/seal'
import { notRun, ran } from './judge.ts'
import { format, isForeignFile } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import { settle } from './settle.ts'
import type { Check } from './verdict.ts'

/** What reading gave; `sealFile` is there exactly when both checks passed. */
export interface DocumentReading {
  readonly sealFile: SealFile | undefined
  readonly checks: readonly Check[]
}

/**
 * Reads the bytes of a `.seal`; nothing is trusted yet. Codes: `seal/too-large`, `format/unsupported` (not even CBOR), and
 * those of the parsers.
 */
export function readSealFile(bytes: Uint8Array): DocumentReading {
  if (bytes.length > MAX_SEAL_FILE_BYTES) {
    return { sealFile: undefined, checks: [ran(limits, 'seal/too-large'), notRun(format)] }
  }
  const read = settle(() => {
    if (bytes.length === 0 || isForeignFile(bytes)) throw fault('format/unsupported')
    return parseSealFile(bytes)
  })
  return { sealFile: read.value, checks: [ran(limits), ran(format, read.code)] }
}
