/** The signature fields of a file (ISO 32000-2 §12.7.5.5) and its other claims to be signed (§12.8.6). */
import { fault } from '@onetrip/codec'
import { catalogOf, resolve } from './objects.ts'
import type { Pdf } from './open-pdf.ts'
import { MAX_DEPTH, MAX_ENTRIES } from './pdf-limits.ts'
import { isDict, isList, isName, isRef, type PdfObject } from './pdf-value.ts'

/** Counts the signatures that are not in the fields of these numbers. Throws `pdf/format`, `pdf/xref`, `pdf/limit`. */
export function countOtherSignatures(pdf: Pdf, ownFields: ReadonlySet<number>): number {
  const catalog = catalogOf(pdf).dict
  const form = resolve(pdf, catalog.get('AcroForm'))
  let nodes = 0
  let count = resolve(pdf, catalog.get('Perms')) === null ? 0 : 1
  const walk = (value: PdfObject | undefined, inheritedType: PdfObject, depth: number): void => {
    nodes += 1
    if (depth > MAX_DEPTH || nodes > MAX_ENTRIES) throw fault('pdf/limit')
    const field = resolve(pdf, value)
    if (!isDict(field)) return
    const type = resolve(pdf, field.get('FT')) ?? inheritedType
    const isOwn = isRef(value) && ownFields.has(value.number)
    const isSigned = isName(type, 'Sig') && resolve(pdf, field.get('V')) !== null
    if (isSigned && !isOwn) count += 1
    const kids = resolve(pdf, field.get('Kids'))
    if (isList(kids)) for (const kid of kids) walk(kid, type, depth + 1)
  }
  const fields = isDict(form) ? resolve(pdf, form.get('Fields')) : null
  if (isList(fields)) for (const field of fields) walk(field, null, 1)
  return count
}
