/** What the process that lays licences out is told, and what it answers. */
import type { LicencePdfInput } from '@onetrip/issuer'
import * as v from 'valibot'

/** A licence to be laid out; its font is read by the process, once. */
export interface PrintOrder extends Omit<LicencePdfInput, 'code' | 'font'> {
  readonly fontPath: string
  /** PostScript name of the face in the collection. */
  readonly face: string
}

/** To the process: a licence, which takes the place of one that was not finished; then its code. */
export type PrintRequest =
  | { readonly kind: 'order'; readonly order: PrintOrder }
  | { readonly kind: 'code'; readonly code: string }

/** From the process: everything but the code has its place; the file; or why there is none. */
export type PrintAnswer =
  | { readonly kind: 'fits' }
  | { readonly kind: 'file'; readonly pdf: Uint8Array }
  | { readonly kind: 'refused'; readonly code: string }

/** Reads a {@link PrintRequest}. */
export const PRINT_REQUEST: v.GenericSchema<unknown, PrintRequest> = v.variant('kind', [
  v.object({
    kind: v.literal('order'),
    order: v.custom<PrintOrder>((order) => typeof order === 'object' && order !== null),
  }),
  v.object({ kind: v.literal('code'), code: v.string() }),
])

/** Reads a {@link PrintAnswer}. */
export const PRINT_ANSWER: v.GenericSchema<unknown, PrintAnswer> = v.variant('kind', [
  v.object({ kind: v.literal('fits') }),
  v.object({ kind: v.literal('file'), pdf: v.instance(Uint8Array) }),
  v.object({ kind: v.literal('refused'), code: v.string() }),
])
