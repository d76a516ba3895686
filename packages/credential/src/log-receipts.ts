/**
 * Receipts of the log with a credential (RFC 9942 §4.3): in the unprotected header of what the issuer signed, which the entry in the log
 * leaves out. They are parsed and judged by the verifier.
 */
import { type CborMap, decodeSign1, encodeSign1, fault, isArray, isBytes } from '@onetrip/codec'
import { encodeEntry, leafHash, MAX_RECEIPT_BYTES } from '@onetrip/log'
import { issuanceEntry } from './issuance-entry.ts'
import { HEADER } from './labels.ts'

/** Most receipts with one credential: of a log, and of the one that follows it. */
export const MAX_RECEIPTS = 2

/** The receipts that stand with a COSE credential: none, or one or two. Throws `credential/format`. */
export function receiptsIn(sign1: { readonly unprotectedHeader: CborMap }): readonly Uint8Array[] {
  const sent = sign1.unprotectedHeader.get(HEADER.receipts)
  if (sent === undefined) return []
  if (!isArray(sent) || sent.length === 0 || !sent.every(isBytes)) throw fault('credential/format')
  if (!areFew(sent)) throw fault('credential/format')
  return sent
}

/** The same SD-CWT or paper code with these receipts in place of any other; nothing that is signed changes. */
export function withReceipts(credential: Uint8Array, receipts: readonly Uint8Array[]): Uint8Array {
  assertReceipts(receipts)
  const sign1 = decodeSign1(credential)
  const unprotectedHeader = new Map(sign1.unprotectedHeader)
  unprotectedHeader.delete(HEADER.receipts)
  if (receipts.length > 0) unprotectedHeader.set(HEADER.receipts, receipts)
  return encodeSign1({ ...sign1, unprotectedHeader })
}

/** Refuses receipts that no verifier would take with a credential, which the caller may not give. */
export function assertReceipts(receipts: readonly Uint8Array[]): void {
  if (!areFew(receipts)) throw new TypeError('a credential has at most two receipts')
}

/** The hash of a parsed credential's entry in the log, 32 bytes: what receipts are asked and given for. */
export function leafOf(credential: Parameters<typeof issuanceEntry>[0]): Uint8Array {
  return leafHash(encodeEntry(issuanceEntry(credential)))
}

function areFew(receipts: readonly Uint8Array[]): boolean {
  return (
    receipts.length <= MAX_RECEIPTS && receipts.every(({ length }) => length <= MAX_RECEIPT_BYTES)
  )
}
