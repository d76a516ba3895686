/** What a caller tells the verifier. Leaving something out never skips a check (ARCHITECTURE §4). */
import type { PublicKey } from '@onetrip/codec'
import type { MdocSession, Mode } from '@onetrip/credential'
import type { FileFacts } from '@onetrip/seal'
import type { Trust } from '@onetrip/trust'
import type { KeptReceipts } from './inclusions.ts'
import type { OpenedCounter } from './open-counter.ts'

/** Tightens the freshness that a type's definition asks of its status list; never loosens it. */
export interface Policy {
  /** A status list this old makes amber. */
  readonly staleAfterSeconds?: number
  /** A status list this old makes grey. */
  readonly unusableAfterSeconds?: number
}

/** The counter's own signed request that a `requested` presentation answers. */
export interface ExpectedRequest {
  /** The office id; for OpenID4VP the client_id. */
  readonly audience: string
  /** Lower-case hex in the CBOR form, text in the JWS form. */
  readonly nonce: string
  /** When it was made, Unix seconds; left out, as long before `now` as a request may be open. */
  readonly issuedAt?: number
  /** SHA-256 of each text of its transaction data, base64url, in their order (OpenID4VP); left out, it has none. */
  readonly transactionHashes?: readonly string[]
  /** What the holder's key signs for an mdoc (OpenID4VP); left out, none is shown by its holder. */
  readonly session?: MdocSession
}

/** Options of `verify`. */
export interface VerifyOptions {
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  /** Modes the caller takes; any other is `presentation/mode`. Nothing listed, nothing taken. */
  readonly accept: readonly Mode[]
  readonly policy?: Policy
  /** The office that verifies; without it no copy made out to an office is for us. */
  readonly office?: string
  /**
   * The opened certificate of the counter that verifies. While it is in force its office takes the place of
   * `office`, and the evidence names office and device; else the evidence says that it speaks for no office.
   */
  readonly counter?: OpenedCounter
  /** Without it no `requested` presentation is accepted. */
  readonly request?: ExpectedRequest
  /** `evidence.presentationId` of earlier scans; left out it is an empty list. */
  readonly seen?: Iterable<string>
  /**
   * Gives the receipt of the log that the caller keeps for an entry's hash, such as of an earlier scan; asked where a credential carries
   * none.
   */
  readonly receipts?: KeptReceipts
  /** Environment this verifier works for; left out, the one the trust data were opened for. */
  readonly environment?: string
}

/** A file with the `.seal` beside it. */
export interface FileWithSeal {
  /** What `digestFile` found of the file, and the media type that it goes by. */
  readonly file: FileFacts
  readonly sealFile: Uint8Array
}

/** A PDF that carries its seals. */
export interface PdfWithSeals {
  readonly pdf: Uint8Array
}

/** What `verifyDocument` takes. */
export type SealedDocument = FileWithSeal | PdfWithSeals

/** Options of `verifySeal`. */
export type SealOptions = Omit<VerifyOptions, 'request' | 'seen'>

/** Options of `verifyDocument`. A file is shown as `document`, and no scan of it is ever a replay. */
export interface DocumentOptions extends SealOptions {
  /**
   * Gives the text of each page of a PDF, in the order in which it is read, within a time that the caller sets, or rejects.
   * Called for a PDF that carries a licence code; left out, its facts are `document/facts-not-compared`.
   */
  readonly readText?: (pdf: Uint8Array) => Promise<readonly string[]>
}

/** Options of `verifyReceived`. */
export interface ReceivedOptions {
  readonly credential: Uint8Array | string
  /** The key the credential must be bound to. */
  readonly holderKey: PublicKey
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  readonly policy?: Policy
  readonly environment?: string
}
