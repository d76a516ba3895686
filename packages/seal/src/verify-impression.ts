/**
 * Judges each impression of a `.seal` file over a file: the questions of `seal-checks.ts`, each passed, failed with a code
 * or not run. Whether the trust data are those of the right environment, and what status lists say, is the caller's.
 */
import { toHex } from '@onetrip/codec'
import type { SealMaker, Trust } from '@onetrip/trust'
import { type Finding, findingsOf } from './findings.ts'
import type { FileFacts } from './impression-facts.ts'
import { SEAL_CHECKS } from './seal-checks.ts'
import type { FiledImpression, FiledSeal, SealFile } from './seal-file.ts'
import {
  areKeysListed,
  impressionSignatureOf,
  type MakerSignature,
  makerSignaturesOf,
} from './signed-by.ts'

/** An impression with one finding for each question, always all and in the same order. */
export interface JudgedImpression {
  readonly impression: FiledImpression
  /** From the trust list; absent where it names no such maker. */
  readonly maker?: SealMaker
  readonly findings: readonly Finding[]
  readonly passed: boolean
}

/** What impressions are judged by. */
export interface VerifySealOptions {
  /** The file that lies beside, as it is. */
  readonly file: FileFacts
  readonly trust: Pick<Trust, 'sealMaker'>
  /** Unix seconds. */
  readonly now: number
  /** SHA-256 of what is shown, where that is not the seal's image itself, as in a PDF. */
  readonly appearance?: Uint8Array
  /** Digests of impressions that stand outside, as in earlier updates of a PDF, and did not pass. */
  readonly bad?: readonly Uint8Array[]
}

interface JudgedSeal {
  readonly maker: SealMaker | undefined
  readonly makerSignatures: readonly MakerSignature[]
}

/** Judges the impressions in their order. Never throws for what the file says. */
export async function verifyImpressions(
  sealFile: SealFile,
  options: VerifySealOptions,
): Promise<readonly JudgedImpression[]> {
  const seals = new Map<FiledSeal, JudgedSeal>()
  for (const seal of sealFile.seals) {
    const maker = options.trust.sealMaker(seal.cose.facts.maker)
    seals.set(seal, { maker, makerSignatures: await makerSignaturesOf(seal, maker) })
  }
  const judged: JudgedImpression[] = []
  const bad = new Set<string>(options.bad?.map(toHex))
  for (const impression of sealFile.impressions) {
    const { maker, makerSignatures = [] } = seals.get(impression.seal) ?? {}
    const { facts } = impression.cose
    const findings = findingsOf(SEAL_CHECKS, {
      impression,
      file: options.file,
      appearance: options.appearance ?? impression.seal.cose.facts.image.sha256,
      now: options.now,
      maker,
      makerSignatures,
      statedAt: impression.seal.cose.facts.issuedAt,
      areKeysListed: areKeysListed(impression),
      impressionSignature: await impressionSignatureOf(impression),
      areCoveredGood: !facts.covers.some((covered) => bad.has(toHex(covered))),
    })
    const passed = findings.every(({ outcome }) => outcome === 'passed')
    if (!passed) bad.add(toHex(impression.digest))
    judged.push({ impression, ...(maker === undefined ? {} : { maker }), findings, passed })
  }
  return judged
}
