/**
 * Receipts of the log (存证回执) with the copies that are held: each stands in its credential's own unprotected header (RFC 9942 §4.3),
 * so that storage, backups and presentations have it without a place of its own.
 */
import { decodeSign1, equalBytes } from '@onetrip/codec'
import { leafOf, parseSdCwt, receiptsIn, withReceipts } from '@onetrip/credential'
import type { HeldCopy, HeldLicence } from '../held-licence.ts'

/** The copies of a licence, the one in front first. */
export function copiesOf(licence: HeldLicence): readonly HeldCopy[] {
  return [licence, ...(licence.spares ?? [])]
}

/** The receipts that a credential holds; they go with what is shown of it. */
export function carriedReceipts(sdCwt: Uint8Array): readonly Uint8Array[] {
  return receiptsIn(decodeSign1(sdCwt))
}

/** The hash of a credential's entry in the log, 32 bytes. */
export function leafOfCopy({ sdCwt }: Pick<HeldCopy, 'sdCwt'>): Uint8Array {
  return leafOf(parseSdCwt(sdCwt))
}

/** The licence with a receipt in the copy whose entry has this hash; the same licence where none has. */
export function withReceipt(
  licence: HeldLicence,
  { leaf, receipt }: { readonly leaf: Uint8Array; readonly receipt: Uint8Array },
): HeldLicence {
  const isIts = (copy: HeldCopy): boolean => equalBytes(leafOfCopy(copy), leaf)
  if (!copiesOf(licence).some(isIts)) {
    return licence
  }
  const renewed = <Copy extends HeldCopy>(copy: Copy): Copy =>
    isIts(copy) ? { ...copy, sdCwt: withReceipts(copy.sdCwt, [receipt]) } : copy
  const { spares } = licence
  return { ...renewed(licence), ...(spares === undefined ? {} : { spares: spares.map(renewed) }) }
}

/** The receipts of a copy as they are kept by now, whichever copy is in front. */
export function receiptsOf(licence: HeldLicence, sdCwt: Uint8Array): readonly Uint8Array[] {
  const leaf = leafOfCopy({ sdCwt })
  const copy = copiesOf(licence).find((one) => equalBytes(leafOfCopy(one), leaf))
  return carriedReceipts(copy?.sdCwt ?? sdCwt)
}
