/**
 * What one use of a seal (签章) states, whatever the form: which bytes, under which seal, what for, when, and the
 * approval that it rests on. Digest, length, media type and purpose together bind it to one file (threat T21).
 */
import { equalBytes } from '@onetrip/codec'
import { isPlainText, isUscc } from '@onetrip/credential'
import { DIGEST_BYTES, isSealId } from './seal-facts.ts'

/** The exact bytes of a file. */
export interface FileFacts {
  /** SHA-256 of the file. */
  readonly sha256: Uint8Array
  /** In bytes. */
  readonly length: number
  /** Type and subtype in lower case, without parameters (RFC 6838 §4.2). */
  readonly mediaType: string
}

/** The seal that was used, named by the bytes of its COSE form. */
export interface UsedSeal {
  /** Unified social credit code of the seal maker. */
  readonly maker: string
  /** 14 digits. */
  readonly id: string
  /** SHA-256 of the seal's COSE_Sign1. */
  readonly sha256: Uint8Array
}

/** What an impression states. */
export interface ImpressionFacts {
  readonly file: FileFacts
  readonly seal: UsedSeal
  /** SHA-256 of what is shown: the seal's image, or the appearance made from it in a PDF. */
  readonly appearance: Uint8Array
  /** What was sealed for: 1 to 200 characters of plain text. */
  readonly purpose: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Identifier of the approval: 1 to 64 letters, digits, `-` and `_`. */
  readonly approval: string
  /** SHA-256 of each earlier impression's COSE_Sign1 that it covers, at most 15. */
  readonly covers: readonly Uint8Array[]
}

/** Most impressions of one file. */
export const MAX_IMPRESSIONS = 16

const MAX_PURPOSE_CHARACTERS = 200
const APPROVAL = /^[A-Za-z0-9_-]{1,64}$/
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,95}$/

/** Whether a text is a media type in lower case without parameters, at most 64 and 96 characters (RFC 6838 §4.2). */
export function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text)
}

/** Whether a text may say what was sealed for: 1 to 200 characters of plain text, no space at either end. */
export function isPurpose(text: string): boolean {
  const length = Array.from(text).length
  return length > 0 && length <= MAX_PURPOSE_CHARACTERS && isPlainText(text) && text.trim() === text
}

/** Whether a text may name an approval. */
export function isApprovalId(text: string): boolean {
  return APPROVAL.test(text)
}

/** Whether an impression may state this, in these ranges and lengths. */
export function areImpressionFacts(facts: ImpressionFacts): boolean {
  const { file, seal, appearance, issuedAt, covers } = facts
  const digests = [file.sha256, seal.sha256, appearance, ...covers]
  return (
    digests.every(({ length }) => length === DIGEST_BYTES) &&
    [file.length, issuedAt].every((number) => Number.isSafeInteger(number) && number >= 0) &&
    isMediaType(file.mediaType) &&
    isUscc(seal.maker) &&
    isSealId(seal.id) &&
    isPurpose(facts.purpose) &&
    isApprovalId(facts.approval) &&
    covers.length < MAX_IMPRESSIONS &&
    areDistinct(covers)
  )
}

/** Throws `TypeError` for what no impression may state. */
export function assertImpressionFacts(facts: ImpressionFacts): void {
  if (!areImpressionFacts(facts)) throw new TypeError('an impression states what none may')
}

function areDistinct(digests: readonly Uint8Array[]): boolean {
  return digests.every((digest, index) =>
    digests.slice(0, index).every((earlier) => !equalBytes(earlier, digest)),
  )
}
