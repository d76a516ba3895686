/** ARCHITECTURE §11: the `.seal` that the update of a PDF carries. */
import { fault } from '@onetrip/codec'
import { parseSealFile, type SealFile } from '@onetrip/seal'

/**
 * The embedded file is a `.seal` with the one impression that the update makes: `seal/format`, and what parsing throws.
 * `earlier` are the digests of the impressions before.
 */
export const sealFile = {
  id: 'seal-file',
  clause: 'ARCHITECTURE §11',
  read(bytes: Uint8Array, earlier: readonly Uint8Array[]): SealFile {
    const read = parseSealFile(bytes, earlier)
    if (read.impressions.length !== 1) throw fault('seal/format')
    return read
  },
} as const
