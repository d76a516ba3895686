/** What is asked of an impression, one entry for each question, in the order in which the answers are given. */
import { type ErrorCode, equalBytes } from '@onetrip/codec'
import { sameImpression } from './impression.ts'
import type { FileFacts } from './impression-facts.ts'
import { MAKER_CHECKS, type MakerCheckId, type MakerSubject } from './maker-checks.ts'
import type { FiledImpression } from './seal-file.ts'
import { sameSeal } from './seal-statement.ts'

/** Names of the questions. */
export type SealCheckId =
  | MakerCheckId
  | 'forms'
  | 'digest'
  | 'length'
  | 'media-type'
  | 'seal-key'
  | 'impression-signature'
  | 'seal-period'
  | 'sealing-time'
  | 'appearance'
  | 'covers'

/** An impression, and what was found out beside it. */
export interface SealSubject extends MakerSubject {
  readonly impression: FiledImpression
  /** The file as it is. */
  readonly file: FileFacts
  /** SHA-256 of what is shown. */
  readonly appearance: Uint8Array
  /** Unix seconds. */
  readonly now: number
  /** Whether the seal lists the keys that both forms of the impression name. */
  readonly areKeysListed: boolean
  /** Of the impression's two forms under those keys: a code where one does not hold. */
  readonly impressionSignature: ErrorCode | undefined
  /** Whether each impression in this file that it covers passed its own checks. */
  readonly areCoveredGood: boolean
}

/** One question. */
export interface SealCheck {
  readonly id: SealCheckId
  /** Where it comes from. */
  readonly clause: string
  /** Checks that must have passed for this one to mean anything. */
  readonly needs: readonly SealCheckId[]
  /** The code that says why not. */
  readonly judge: (subject: SealSubject) => ErrorCode | undefined
}

/** How far ahead of the reader's clock a sealing time may be. */
export const MAX_AHEAD_SECONDS = 600

/** All of them; what compares with signed facts needs the signatures first. */
export const SEAL_CHECKS: readonly SealCheck[] = [
  {
    id: 'forms',
    clause: 'ARCHITECTURE §11',
    needs: [],
    judge({ impression }) {
      const { cose, jws, seal } = impression
      const isSame =
        sameSeal(seal.cose.facts, seal.jws.facts) && sameImpression(cose.facts, jws.facts)
      return isSame ? undefined : 'seal/forms-differ'
    },
  },
  {
    id: 'digest',
    clause: 'RFC 9995 §4',
    needs: [],
    judge: ({ impression, file }) =>
      equalBytes(statedBy(impression).sha256, file.sha256) ? undefined : 'seal/digest-mismatch',
  },
  {
    id: 'length',
    clause: 'ARCHITECTURE §11',
    needs: [],
    judge: ({ impression, file }) =>
      statedBy(impression).length === file.length ? undefined : 'seal/length-mismatch',
  },
  {
    id: 'media-type',
    clause: 'RFC 9995 §3',
    needs: [],
    judge: ({ impression, file }) =>
      statedBy(impression).mediaType === file.mediaType ? undefined : 'seal/media-type-mismatch',
  },
  ...MAKER_CHECKS,
  {
    id: 'seal-key',
    clause: 'ARCHITECTURE §11',
    needs: ['maker-signature'],
    judge: ({ areKeysListed }) => (areKeysListed ? undefined : 'seal/key-not-listed'),
  },
  {
    id: 'impression-signature',
    clause: 'RFC 9052 §4.4, RFC 7515 §5.2',
    needs: ['seal-key'],
    judge: ({ impressionSignature }) => impressionSignature,
  },
  {
    id: 'seal-period',
    clause: 'RFC 8392 §3.1',
    needs: ['maker-signature', 'impression-signature'],
    judge({ impression }) {
      const { issuedAt, validFrom, validTo } = impression.seal.cose.facts
      const at = impression.cose.facts.issuedAt
      if (at < validFrom || at < issuedAt) return 'seal/not-yet-valid'
      return at > validTo ? 'seal/expired' : undefined
    },
  },
  {
    id: 'sealing-time',
    clause: 'ARCHITECTURE §4',
    needs: ['impression-signature'],
    judge: ({ impression, now }) =>
      impression.cose.facts.issuedAt > now + MAX_AHEAD_SECONDS ? 'seal/from-future' : undefined,
  },
  {
    id: 'appearance',
    clause: 'ARCHITECTURE §11',
    needs: [],
    judge: ({ impression, appearance }) =>
      equalBytes(impression.cose.facts.appearance, appearance)
        ? undefined
        : 'seal/appearance-mismatch',
  },
  {
    id: 'covers',
    clause: 'ARCHITECTURE §11',
    needs: ['impression-signature'],
    judge: ({ areCoveredGood }) => (areCoveredGood ? undefined : 'seal/covered-invalid'),
  },
]

function statedBy({ cose }: FiledImpression): FileFacts {
  return cose.facts.file
}
