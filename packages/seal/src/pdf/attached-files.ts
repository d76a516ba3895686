/** The files that a PDF carries (ISO 32000-2 §7.11.4), by the name that readers show. */
import { fault } from '@onetrip/codec'
import { decodeStream } from './flate.ts'
import { readNameTree } from './name-tree.ts'
import { catalogOf, resolve } from './objects.ts'
import type { Pdf } from './open-pdf.ts'
import { dictIn, isDict, isStream, isString, type PdfDict, type PdfString } from './pdf-value.ts'
import { parseTextString } from './text-string.ts'

/**
 * The contents of all files of this name, which is compared as it stands in the tree of names and in both members of a file
 * specification. Throws `pdf/format` for one that is none, or under an unknown filter; `pdf/limit`, `pdf/xref`.
 */
export function attachedFiles(pdf: Pdf, name: string): readonly Uint8Array[] {
  const names = resolve(pdf, catalogOf(pdf).dict.get('Names'))
  if (!isDict(names)) return []
  return readNameTree(pdf, names.get('EmbeddedFiles')).flatMap(({ key, value }) => {
    const file = resolve(pdf, value)
    if (!isDict(file) || !namesOf(pdf, key, file).includes(name)) return []
    const stream = resolve(pdf, dictIn(resolve(pdf, file.get('EF'))).get('F'))
    if (!isStream(stream)) throw fault('pdf/format')
    return [decodeStream(stream, pdf.state)]
  })
}

function namesOf(pdf: Pdf, key: PdfString, file: PdfDict): readonly string[] {
  const values = [key, resolve(pdf, file.get('UF')), resolve(pdf, file.get('F'))]
  return values.filter(isString).map(parseTextString)
}
