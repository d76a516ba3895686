/** What a `.seal` says by itself: without the file that it is for, nothing of it can be verified. */

import { openSealFile, readSealBytes } from './document-files.ts'

/** What one impression says. */
export interface SealClaims {
  readonly sealName: string
  readonly ownerName: string
  /** Unix seconds. */
  readonly issuedAt: number
  readonly purpose: string
  /** Bytes of the file that it is for. */
  readonly length: number
}

/** Reads what the impressions of a `.seal` say; none when it cannot be read. */
export async function sealClaims(file: Blob): Promise<readonly SealClaims[]> {
  const read = openSealFile(await readSealBytes(file))
  return (read?.impressions ?? []).map(({ cose, seal }) => ({
    sealName: seal.cose.facts.name,
    ownerName: seal.cose.facts.owner.name,
    issuedAt: cose.facts.issuedAt,
    purpose: cose.facts.purpose,
    length: cose.facts.file.length,
  }))
}
