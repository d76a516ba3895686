/** The verifier's answer on a sealed file: outcome, checks, evidence, impressions (ARCHITECTURE §4). */
import type { ErrorCode } from '@onetrip/codec'
import type { PdfFinding, PdfRect, SealImage, SealKind, SealOwner, TimeStamp } from '@onetrip/seal'
import type { ProofOfTime } from './sealed-before.ts'
import type { Check, DataEvidence, LocalText, Outcome, StatusEvidence, Verdict } from './verdict.ts'

/** On what a verdict on a file rests; what each impression rests on stands with it. */
export interface DocumentEvidence extends DataEvidence {
  readonly mode: 'document'
}

/** A seal maker, by the trust list. */
export interface ShownMaker {
  /** Unified social credit code, 18 characters. */
  readonly id: string
  readonly name: LocalText
}

/** A seal as its maker stated it; only ever present when the maker's signatures hold. */
export interface StatedSeal {
  readonly maker: ShownMaker
  /** 14 digits. */
  readonly id: string
  readonly name: string
  readonly kind: SealKind
  readonly owner: SealOwner
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, inclusive. */
  readonly validFrom: number
  readonly validTo: number
  /** Whether its period has ended since; what was sealed within it stays valid. */
  readonly hasEnded: boolean
  readonly image: SealImage
}

/** A seal with its picture. */
export interface ShownSeal extends StatedSeal {
  /** Its bytes are what was signed, and no more: read them with `readSealImage` before they are drawn. */
  readonly image: SealImage & { readonly bytes: Uint8Array }
}

/** What an impression states; only ever present when its own signatures hold too. */
export interface ShownImpression {
  /** Unix seconds, by the clock of the server that sealed. */
  readonly issuedAt: number
  /** What else proves the time. */
  readonly proofOfTime: ProofOfTime
  readonly purpose: string
  /** Identifier of the approval that it rests on. */
  readonly approval: string
  /** Of what was sealed. */
  readonly mediaType: string
  /** The bytes that it covers, from the start of the file; `end` is exclusive. */
  readonly coveredBytes: { readonly start: 0; readonly end: number }
  /** Digests of the earlier impressions that it covers, as in {@link ImpressionVerdict}. */
  readonly covers: readonly string[]
}

/** Where a seal stands in a PDF. */
export interface SealPlace {
  /** From 0. */
  readonly page: number
  /** In points of the page's own space, before it is turned. */
  readonly rect: PdfRect
  /** The bytes that put it there, and that the PAdES signature covers with all before them; `end` is exclusive. */
  readonly updateBytes: { readonly start: number; readonly end: number }
}

/** One impression. */
export interface ImpressionVerdict {
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks, those on the whole file included. */
  readonly reason?: ErrorCode
  /** Those on this impression alone. */
  readonly checks: readonly Check[]
  /** SHA-256 of its COSE form, lower-case hex; absent when the `.seal` in a PDF could not be read. */
  readonly digest?: string
  readonly seal?: ShownSeal
  readonly stated?: ShownImpression
  /** What the maker's status list says of the seal now. */
  readonly status?: StatusEvidence
  /** Present where the seal is suspended or revoked, and the impression is proven to be older. */
  readonly sealedBefore?: TimeStamp
  /** In a PDF, whoever put it there. */
  readonly place?: SealPlace
}

/** What `verifyDocument` answers for any file. */
export interface DocumentVerdict {
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  /** Those on the whole file. */
  readonly checks: readonly Check[]
  readonly evidence: DocumentEvidence
  /** In the order in which they were made; empty when they could not be read. */
  readonly impressions: readonly ImpressionVerdict[]
  /** On the licence code that a PDF carries, as on any code; its checks count for the file. */
  readonly licence?: Verdict
  /** What is unusual in a PDF that carries seals, with where it is. */
  readonly findings?: readonly PdfFinding[]
}

/** What `verifySeal` answers for any input. */
export interface SealVerdict {
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  readonly checks: readonly Check[]
  readonly evidence: DocumentEvidence
  readonly seal?: StatedSeal
  /** What the maker's status list says of the seal now. */
  readonly status?: StatusEvidence
}
