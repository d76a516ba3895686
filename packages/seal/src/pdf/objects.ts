/** Finds the objects of an opened file by number, and follows references. */
import { fault } from '@onetrip/codec'
import { type IndirectObject, readIndirect } from './indirect-object.ts'
import { isObjectStream, type PackedObject, readObjectStream } from './object-stream.ts'
import { findEntry, type Pdf, trailerOf } from './open-pdf.ts'
import { MAX_OBJECTS } from './pdf-limits.ts'
import {
  dictIn,
  isList,
  isRef,
  isStream,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfValue,
} from './pdf-value.ts'

/** References to references, and lengths of lengths. */
const MAX_STEPS = 8

/**
 * The object of a reference; `null` for one that is free, or listed nowhere. Throws `pdf/xref` when another object stands
 * where the cross-reference says, `pdf/format`, `pdf/limit`.
 */
export function loadObject(pdf: Pdf, ref: PdfRef, steps = 0): PdfObject {
  if (steps > MAX_STEPS) throw fault('pdf/limit')
  const entry = findEntry(pdf, ref.number)
  if (entry === undefined || entry.kind === 'free') return null
  if (entry.kind === 'plain') {
    if (entry.generation !== ref.generation) return null
    return readPlain(pdf, { ...entry, number: ref.number }, steps).object
  }
  if (ref.generation !== 0) return null
  const packed = loadContainer(pdf, entry.container, steps)[entry.index]
  if (packed?.number !== ref.number) throw fault('pdf/xref')
  return packed.value
}

/** A value, or what its reference leads to. Throws as {@link loadObject}. */
export function resolve(pdf: Pdf, value: PdfObject | undefined): PdfObject {
  let object: PdfObject = value ?? null
  for (let steps = 0; isRef(object); steps += 1) {
    if (steps >= MAX_STEPS) throw fault('pdf/limit')
    object = loadObject(pdf, object)
  }
  return object
}

/** The items of a list, none where there is none. Throws `pdf/format` for another value. */
export function listOrNone(pdf: Pdf, value: PdfObject | undefined): readonly PdfValue[] {
  const list = resolve(pdf, value)
  if (list === null) return []
  if (!isList(list)) throw fault('pdf/format')
  return list
}

/** The object that a section lists as standing in the file. Throws `pdf/xref` when it is another one. */
export function readPlain(
  pdf: Pdf,
  place: { readonly number: number; readonly offset: number; readonly generation: number },
  steps = 0,
): IndirectObject {
  const { bytes, state } = pdf
  const resolveLength = (ref: PdfRef): PdfObject => loadObject(pdf, ref, steps + 1)
  const start = place.offset
  if (start === 0 || start >= bytes.length) throw fault('pdf/xref')
  const read = readIndirect({ bytes, start, budget: state, resolveLength })
  if (read.number !== place.number || read.generation !== place.generation) throw fault('pdf/xref')
  return read
}

/** All objects of the stream of objects that begins at an offset, read once. */
export function packedObjects(
  pdf: Pdf,
  offset: number,
  container: PdfObject,
): readonly PackedObject[] {
  const known = pdf.state.packed.get(offset)
  if (known !== undefined) return known
  if (!isStream(container) || !isObjectStream(container)) throw fault('pdf/xref')
  const objects = readObjectStream(container, pdf.state)
  pdf.state.packed.set(offset, objects)
  return objects
}

/** One more than the largest object number, by all sections of a file. Throws `pdf/limit` when none is left. */
export function sizeOf({ revisions }: Pdf): number {
  const size = Math.max(
    ...revisions.flatMap(({ sections }) => sections.map((section) => section.size)),
  )
  // Seven objects and a cross-reference stream.
  if (size + 8 > MAX_OBJECTS) throw fault('pdf/limit')
  return size
}

/** The catalog and its reference (§7.7.2). Throws `pdf/format`. */
export function catalogOf(pdf: Pdf): { readonly ref: PdfRef; readonly dict: PdfDict } {
  const ref = trailerOf(pdf).get('Root')
  if (!isRef(ref)) throw fault('pdf/format')
  return { ref, dict: dictIn(resolve(pdf, ref)) }
}

function loadContainer(pdf: Pdf, number: number, steps: number): readonly PackedObject[] {
  const entry = findEntry(pdf, number)
  if (entry?.kind !== 'plain') throw fault('pdf/xref')
  const known = pdf.state.packed.get(entry.offset)
  if (known !== undefined) return known
  const { object } = readPlain(pdf, { ...entry, number }, steps + 1)
  return packedObjects(pdf, entry.offset, object)
}
