/** What cross-reference sections list, in whichever form (ISO 32000-2 §7.5.4, §7.5.8). */
import { fault } from '@onetrip/codec'
import type { InflateBudget } from './flate.ts'
import type { ReadBudget } from './parse-value.ts'
import { MAX_OBJECTS } from './pdf-limits.ts'
import type { PdfDict } from './pdf-value.ts'

/** Where an object is: in the file, in a stream of objects, or nowhere. */
export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'plain'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'packed'; readonly container: number; readonly index: number }

/** Whether two entries say the same. */
export function isSameEntry(a: XrefEntry, b: XrefEntry): boolean {
  if (a.kind === 'plain' && b.kind === 'plain') {
    return a.offset === b.offset && a.generation === b.generation
  }
  if (a.kind === 'packed' && b.kind === 'packed') {
    return a.container === b.container && a.index === b.index
  }
  return a.kind === 'free' && b.kind === 'free'
}

/** What sections may use up. */
export interface SectionBudget extends ReadBudget, InflateBudget {
  entriesLeft: number
}

/** What reading a section takes. */
export interface SectionOptions {
  readonly bytes: Uint8Array
  readonly start: number
  readonly budget: SectionBudget
}

/** A section without what stands behind it. */
export interface SectionBody {
  readonly entries: ReadonlyMap<number, XrefEntry>
  readonly trailer: PdfDict
  readonly end: number
}

/** Counts the entries of a subsection before they are read. Throws `pdf/limit`. */
export function takeEntries(budget: SectionBudget, first: number, count: number): void {
  budget.entriesLeft -= count
  if (first + count > MAX_OBJECTS || budget.entriesLeft < 0) throw fault('pdf/limit')
}
