/** What is unusual in a PDF, besides what makes it unreadable. */
import type { ErrorCode } from '@onetrip/codec'

/** The codes of findings. What each means for a verdict is the verifier's. */
export type PdfFindingCode = Extract<
  ErrorCode,
  // An update that no seal made.
  | 'pdf/other-revision'
  // An update that claims to be a seal's, and is not what our writer makes.
  | 'pdf/update-differs'
  // A seal's update by a version of our writer that came later than this reader.
  | 'pdf/newer-writer'
  // A signature of ours that covers other ranges than everything up to its end.
  | 'pdf/byte-range'
  // Bytes behind the end of an update.
  | 'pdf/trailing-bytes'
  // A signature that no seal of ours made.
  | 'pdf/foreign-signature'
  // Bytes that belong to no object, or an object that no cross-reference lists.
  | 'pdf/shadow-object'
  // A reference to an object that was not there when the file was saved, and that an update could supply.
  | 'pdf/dangling-reference'
  // A script, or an action that changes what is shown.
  | 'pdf/active-content'
>

/** Something unusual. */
export interface PdfFinding {
  readonly code: PdfFindingCode
  /** Offset in the file of what is meant. */
  readonly at: number
}
