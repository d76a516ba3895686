/** What a PDF object is in memory (ISO 32000-2 §7.3). */
import { fault } from '@onetrip/codec'

/** A name; `text` holds its bytes as Latin-1, `#` escapes resolved. */
export interface PdfName {
  readonly kind: 'name'
  readonly text: string
}

/** A string, escapes resolved. */
export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Uint8Array
}

/** An indirect reference. */
export interface PdfRef {
  readonly kind: 'ref'
  readonly number: number
  readonly generation: number
}

/** A dictionary in the order of the file; no key stands twice. */
export type PdfDict = ReadonlyMap<string, PdfValue>

/** A stream: its dictionary, and where its bytes stand in the file. */
export interface PdfStream {
  readonly kind: 'stream'
  readonly dict: PdfDict
  /** As in the file, before any filter: a view. */
  readonly bytes: Uint8Array
}

/** A value that may stand inside another one. */
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | readonly PdfValue[]
  | PdfDict

/** A whole indirect object. */
export type PdfObject = PdfValue | PdfStream

/** A name of ASCII characters. */
export function nameOf(text: string): PdfName {
  return { kind: 'name', text }
}

/** A reference to an object. */
export function refOf(number: number, generation = 0): PdfRef {
  return { kind: 'ref', number, generation }
}

/** A dictionary from an object's members; `undefined` leaves one out. */
export function dictOf(members: Readonly<Record<string, PdfValue | undefined>>): PdfDict {
  const entries = Object.entries(members).flatMap(([key, value]): [string, PdfValue][] =>
    value === undefined ? [] : [[key, value]],
  )
  return new Map(entries)
}

/** Whether a value is a dictionary. */
export function isDict(value: PdfObject | undefined): value is PdfDict {
  return value instanceof Map
}

/** Whether a value is an array. */
export function isList(value: PdfObject | undefined): value is readonly PdfValue[] {
  return Array.isArray(value)
}

/** Whether a value is a name, of this text when one is given. */
export function isName(value: PdfObject | undefined, text?: string): value is PdfName {
  return isKind(value, 'name') && (text === undefined || value.text === text)
}

/** Whether a value is a string. */
export function isString(value: PdfObject | undefined): value is PdfString {
  return isKind(value, 'string')
}

/** Whether a value is a reference. */
export function isRef(value: PdfObject | undefined): value is PdfRef {
  return isKind(value, 'ref')
}

/** Whether an object is a stream. */
export function isStream(value: PdfObject | undefined): value is PdfStream {
  return isKind(value, 'stream')
}

/** Whether a value is an integer that is not negative. */
export function isNatural(value: PdfObject | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** A dictionary. Throws `pdf/format` for another value. */
export function dictIn(value: PdfObject | undefined): PdfDict {
  if (!isDict(value)) throw fault('pdf/format')
  return value
}

/** An integer that is not negative. Throws `pdf/format` for another value. */
export function naturalIn(value: PdfObject | undefined): number {
  if (!isNatural(value)) throw fault('pdf/format')
  return value
}

/** Whether two values are the same, names and numbers by meaning. */
export function isSameRef(a: PdfObject | undefined, b: PdfRef): boolean {
  return isRef(a) && a.number === b.number && a.generation === b.generation
}

function isKind<Kind extends 'name' | 'string' | 'ref' | 'stream'>(
  value: PdfObject | undefined,
  kind: Kind,
): value is Extract<PdfObject, { readonly kind: Kind }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}
