/** The catalog with one more signature field and one more file (ISO 32000-2 §7.7.2, §12.7.3); all that it had stays. */
import { fault } from '@onetrip/codec'
import { latin1 } from './lexer.ts'
import { namesWith, readNameTree } from './name-tree.ts'
import { listOrNone, resolve } from './objects.ts'
import type { Pdf } from './open-pdf.ts'
import { MAX_ENTRIES } from './pdf-limits.ts'
import {
  dictIn,
  dictOf,
  isDict,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfString,
  type PdfValue,
} from './pdf-value.ts'
import { textString } from './text-string.ts'

const FIELD_NAME = 'OneTripSeal'
/** SignaturesExist and AppendOnly (table 225). */
const SIGNATURE_FLAGS = 3

/** A catalog and the name that its new field and file have. */
export interface SealedCatalog {
  readonly name: PdfString
  readonly dict: PdfDict
}

/** Adds a field and a file to a catalog, under a name that neither has. Throws `pdf/format`, `pdf/xref`, `pdf/limit`. */
export function catalogWith(options: {
  readonly pdf: Pdf
  readonly catalog: PdfDict
  readonly fieldRef: PdfRef
  readonly fileRef: PdfRef
}): SealedCatalog {
  const { pdf, catalog, fieldRef, fileRef } = options
  const form = dictOrNone(pdf, catalog.get('AcroForm'))
  const names = dictOrNone(pdf, catalog.get('Names'))
  const fields = listOrNone(pdf, form.get('Fields'))
  if (fields.length > MAX_ENTRIES) throw fault('pdf/limit')
  const files = readNameTree(pdf, names.get('EmbeddedFiles'))
  const keys = files.map(({ key }) => key)
  const name = freeName(pdf, fields, keys)
  const withField = withMember(form, 'Fields', [...fields, fieldRef])
  const embedded = dictOf({ Names: namesWith(files, { key: name, value: fileRef }) })
  const associated = [...listOrNone(pdf, catalog.get('AF')), fileRef]
  const members: readonly [string, PdfValue][] = [
    ['AcroForm', withMember(withField, 'SigFlags', SIGNATURE_FLAGS)],
    ['Names', withMember(names, 'EmbeddedFiles', embedded)],
    ['AF', associated],
  ]
  return { name, dict: new Map([...catalog, ...members]) }
}

/** A dictionary with one member set. */
export function withMember(dict: PdfDict, key: string, value: PdfValue): PdfDict {
  return new Map(dict).set(key, value)
}

/** `OneTripSeal1`, or the first number that no field and no embedded file has. */
function freeName(pdf: Pdf, fields: readonly PdfValue[], keys: readonly PdfString[]): PdfString {
  const titles = fields.map((field) => {
    const dict = resolve(pdf, field)
    return isDict(dict) ? resolve(pdf, dict.get('T')) : null
  })
  const taken = new Set([...titles.filter(isString), ...keys].map(({ bytes }) => latin1(bytes)))
  let number = 1
  while (taken.has(`${FIELD_NAME}${number}`)) number += 1
  return textString(`${FIELD_NAME}${number}`)
}

function dictOrNone(pdf: Pdf, value: PdfObject | undefined): PdfDict {
  const dict = resolve(pdf, value)
  return dict === null ? dictOf({}) : dictIn(dict)
}
