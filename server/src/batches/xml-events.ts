/**
 * What stands in an XML part of a spreadsheet, one thing after the other: as much of XML 1.0 as spreadsheets write. A document type,
 * with which entities come that grow, is refused; namespaces are left out of names.
 */
import { fault } from '@onetrip/codec'

/** Begins where a name does: looked for in the middle of a long one it takes the square of its length. */
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const NAME = /^[\w:.-]+/
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}
const MAX_CODE_POINT = 0x10ffff

/** An element that opens or closes, or text. An element without content opens and closes. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

/** Walks through a part. Throws `batch/format`. */
export function* xmlEvents(bytes: Uint8Array): Generator<XmlEvent> {
  const text = decode(bytes)
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('<', at)
    const end = open === -1 ? text.length : open
    if (end > at) yield { kind: 'text', text: withReferences(text.slice(at, end)) }
    if (open === -1) return
    if (text.startsWith('<!--', open)) at = behind(text, '-->', open)
    else if (text.startsWith('<?', open)) at = behind(text, '?>', open)
    else if (text.startsWith('<![CDATA[', open)) {
      at = behind(text, ']]>', open)
      yield { kind: 'text', text: text.slice(open + 9, at - 3) }
    } else if (text[open + 1] === '!') throw fault('batch/format', 'a document type')
    else {
      at = behind(text, '>', open)
      yield* element(text.slice(open + 1, at - 1))
    }
  }
}

/** The attributes of an element that opened, by their names as written. */
export function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    found.set(name, withReferences(double ?? single ?? ''))
  }
  return found
}

function* element(inside: string): Generator<XmlEvent> {
  if (inside.includes('<')) throw fault('batch/format', 'XML that never closes')
  const isClose = inside.startsWith('/')
  const isEmpty = inside.endsWith('/')
  const rest = inside.slice(isClose ? 1 : 0, isEmpty ? -1 : undefined)
  const [written] = NAME.exec(rest) ?? []
  if (written === undefined) throw fault('batch/format', 'an element without a name')
  const name = written.slice(written.indexOf(':') + 1)
  if (isClose) {
    yield { kind: 'close', name }
    return
  }
  yield { kind: 'open', name, attributes: rest.slice(written.length) }
  if (isEmpty) yield { kind: 'close', name }
}

function behind(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  if (found === -1) throw fault('batch/format', 'XML that never closes')
  return found + end.length
}

function withReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(REFERENCE, (_, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? ''
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    if (point > MAX_CODE_POINT) throw fault('batch/format', 'a character that is none')
    return String.fromCodePoint(point)
  })
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw fault('batch/format', 'XML that is not UTF-8')
  }
}
