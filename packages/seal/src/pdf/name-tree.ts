/** The embedded files of a catalog, as a list (ISO 32000-2 §7.9.6, §7.11.4). */
import { compareBytes, fault } from '@onetrip/codec'
import { listOrNone, resolve } from './objects.ts'
import type { Pdf } from './open-pdf.ts'
import { MAX_DEPTH, MAX_ENTRIES } from './pdf-limits.ts'
import { isDict, isString, type PdfObject, type PdfString, type PdfValue } from './pdf-value.ts'

/** A key of a name tree and its value. */
export interface NamedValue {
  readonly key: PdfString
  readonly value: PdfValue
}

/** All entries of a tree, in its order; none when there is no tree. Throws `pdf/format`, `pdf/limit`, `pdf/xref`. */
export function readNameTree(pdf: Pdf, root: PdfObject | undefined): readonly NamedValue[] {
  const entries: NamedValue[] = []
  let nodes = 0
  const walk = (value: PdfObject | undefined, depth: number): void => {
    nodes += 1
    if (depth > MAX_DEPTH || nodes > MAX_ENTRIES) throw fault('pdf/limit')
    const node = resolve(pdf, value)
    if (!isDict(node)) throw fault('pdf/format')
    for (const pair of readPairs(pdf, node.get('Names'))) entries.push(pair)
    if (entries.length > MAX_ENTRIES) throw fault('pdf/limit')
    for (const kid of listOrNone(pdf, node.get('Kids'))) walk(kid, depth + 1)
  }
  if (resolve(pdf, root) !== null) walk(root, 1)
  return entries
}

/** The entries and one more as the `Names` of a tree with a single node, in the order of their keys. */
export function namesWith(entries: readonly NamedValue[], added: NamedValue): readonly PdfValue[] {
  return [...entries, added]
    .sort((a, b) => compareBytes(a.key.bytes, b.key.bytes))
    .flatMap(({ key, value }) => [key, value])
}

function readPairs(pdf: Pdf, names: PdfValue | undefined): readonly NamedValue[] {
  const list = listOrNone(pdf, names)
  const entries: NamedValue[] = []
  for (let index = 0; index < list.length; index += 2) {
    const key = resolve(pdf, list[index])
    const value = list[index + 1]
    if (!isString(key) || value === undefined) throw fault('pdf/format')
    entries.push({ key, value })
  }
  return entries
}
