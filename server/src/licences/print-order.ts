/** What the thread that lays licences out is told, and what it answers. */
import type { LicencePdfInput } from '@onetrip/issuer'

/** A licence to be laid out; its font is read by the thread, once. */
export interface PrintOrder extends Omit<LicencePdfInput, 'code' | 'font'> {
  readonly fontPath: string
  /** PostScript name of the face in the collection. */
  readonly face: string
}

/** To the thread: a licence, which takes the place of one that was not finished; then its code. */
export type PrintRequest =
  | { readonly kind: 'order'; readonly order: PrintOrder }
  | { readonly kind: 'code'; readonly code: string }

/** From the thread: everything but the code has its place; the file; or why there is none. */
export type PrintAnswer =
  | { readonly kind: 'fits' }
  | { readonly kind: 'file'; readonly pdf: Uint8Array }
  | { readonly kind: 'refused'; readonly code: string }
