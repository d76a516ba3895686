/**
 * Strict DER decoder for certificates and signatures that come from outside (X.690 §8, §10, §11): definite and
 * shortest lengths, shortest integers, ordered sets, only the types of {@link DER_TAG} and context tags. Limits
 * stand before everything else.
 */
import { compareBytes, utf8Decode } from './bytes.ts'
import { DER_TAG, PRINTABLE_TEXT } from './der.ts'
import { fault } from './errors.ts'

const DEFAULT_MAX_BYTES = 65_536
const DEFAULT_MAX_DEPTH = 16
const DEFAULT_MAX_VALUES = 1_024
const CONSTRUCTED = 0x20
const CONTEXT = 0x80
const CLASS = 0xc0
const LONG_TAG = 0x1f
const TIME = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/

/** What a decoder accepts; every field has a safe default. */
export interface DerLimits {
  /** Longest input in bytes; default 65,536. */
  readonly maxBytes?: number
  /** Deepest nesting; default 16. */
  readonly maxDepth?: number
  /** Most values, inner ones included; default 1,024. */
  readonly maxValues?: number
}

/** One value; all bytes are views of the input. */
export interface DerNode {
  /** The identifier octet. */
  readonly tag: number
  /** Identifier, length and content. */
  readonly bytes: Uint8Array
  readonly content: Uint8Array
  /** The values inside a constructed one, in order; none in a primitive one. */
  readonly children: readonly DerNode[]
}

interface Reading {
  readonly bytes: Uint8Array
  readonly maxDepth: number
  valuesLeft: number
}

type ContentRule = (content: Uint8Array) => boolean

/** What the content of each primitive universal type has to be. */
const CONTENT_RULES: ReadonlyMap<number, ContentRule> = new Map<number, ContentRule>([
  [DER_TAG.boolean, (content) => content.length === 1 && (content[0] === 0 || content[0] === 0xff)],
  [DER_TAG.integer, isShortestInteger],
  [DER_TAG.bitString, isBitString],
  [DER_TAG.octetString, () => true],
  [DER_TAG.null, (content) => content.length === 0],
  [DER_TAG.oid, isOid],
  [DER_TAG.utf8String, (content) => textOf(content) !== undefined],
  [DER_TAG.printableString, (content) => PRINTABLE_TEXT.test(textOf(content) ?? '\n')],
  [DER_TAG.utcTime, (content) => content.length === 13 && secondsOf(content) !== undefined],
  [DER_TAG.generalizedTime, (content) => content.length === 15 && secondsOf(content) !== undefined],
])

/**
 * Decodes exactly one value. Throws `der/limit` (longer, deeper or more than allowed), `der/malformed` (cut, bytes
 * behind, a type that is not read, content of no value) and `der/not-canonical` (a length, integer, boolean or set
 * with another form than its only one; a constructed string).
 */
export function decodeDer(bytes: Uint8Array, limits: DerLimits = {}): DerNode {
  if (bytes.length > (limits.maxBytes ?? DEFAULT_MAX_BYTES)) throw fault('der/limit')
  const reading = {
    bytes,
    maxDepth: limits.maxDepth ?? DEFAULT_MAX_DEPTH,
    valuesLeft: limits.maxValues ?? DEFAULT_MAX_VALUES,
  }
  const node = readNode(reading, { start: 0, end: bytes.length, depth: 1 })
  if (node.bytes.length !== bytes.length) throw fault('der/malformed')
  return node
}

/**
 * The values right inside one SEQUENCE, whole and not looked into, for those that another decoder takes. Throws `der/limit`
 * (longer than 65,536 bytes), `der/malformed`, `der/not-canonical`.
 */
export function derParts(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length > DEFAULT_MAX_BYTES) throw fault('der/limit')
  if (bytes[0] !== DER_TAG.sequence) throw fault('der/malformed')
  const head = readLength(bytes, 1, bytes.length)
  if (head.end + head.length !== bytes.length) throw fault('der/malformed')
  const parts: Uint8Array[] = []
  for (let at = head.end; at < bytes.length; ) {
    if (((bytes[at] ?? 0) & LONG_TAG) === LONG_TAG || at + 2 > bytes.length) {
      throw fault('der/malformed')
    }
    const { length, end } = readLength(bytes, at + 1, bytes.length)
    if (end + length > bytes.length) throw fault('der/malformed')
    parts.push(bytes.subarray(at, end + length))
    at = end + length
  }
  return parts
}

/** The children of a node with this identifier octet. Throws `der/malformed` for another one. */
export function derChildren(node: DerNode | undefined, tag: number): readonly DerNode[] {
  return expectTag(node, tag).children
}

/** The content of a node with this identifier octet. Throws `der/malformed` for another one. */
export function derContent(node: DerNode | undefined, tag: number): Uint8Array {
  return expectTag(node, tag).content
}

/** The text of a UTF8String or PrintableString. Throws `der/malformed` for another type. */
export function derText(node: DerNode | undefined): string {
  const isText = node?.tag === DER_TAG.utf8String || node?.tag === DER_TAG.printableString
  if (!isText) throw fault('der/malformed')
  return utf8Decode(node.content)
}

/** Unix seconds of a UTCTime (1950 to 2049) or GeneralizedTime. Throws `der/malformed` for another type. */
export function derSeconds(node: DerNode | undefined): number {
  const isTime = node?.tag === DER_TAG.utcTime || node?.tag === DER_TAG.generalizedTime
  const seconds = isTime ? secondsOf(node.content) : undefined
  if (seconds === undefined) throw fault('der/malformed')
  return seconds
}

function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw fault('der/malformed')
  return node
}

function readNode(
  reading: Reading,
  place: { readonly start: number; readonly end: number; readonly depth: number },
): DerNode {
  const { bytes } = reading
  const { start, end, depth } = place
  if (depth > reading.maxDepth || reading.valuesLeft-- <= 0) throw fault('der/limit')
  const tag = bytes[start]
  if (tag === undefined || start + 2 > end) throw fault('der/malformed')
  const head = readLength(bytes, start + 1, end)
  const contentEnd = head.end + head.length
  if (contentEnd > end) throw fault('der/malformed')
  const content = bytes.subarray(head.end, contentEnd)
  const whole = bytes.subarray(start, contentEnd)
  if (!isConstructed(tag)) {
    assertPrimitive(tag, content)
    return { tag, bytes: whole, content, children: [] }
  }
  const children: DerNode[] = []
  let at = head.end
  while (at < contentEnd) {
    const child = readNode(reading, { start: at, end: contentEnd, depth: depth + 1 })
    children.push(child)
    at += child.bytes.length
  }
  if (tag === DER_TAG.set && !isOrdered(children)) throw fault('der/not-canonical')
  return { tag, bytes: whole, content, children }
}

/** Which identifiers begin values with values inside; tags above 30 and application tags are not read at all. */
function isConstructed(tag: number): boolean {
  if ((tag & LONG_TAG) === LONG_TAG) throw fault('der/malformed')
  if (tag === DER_TAG.sequence || tag === DER_TAG.set) return true
  if ((tag & CLASS) === CONTEXT) return (tag & CONSTRUCTED) !== 0
  if ((tag & CLASS) !== 0) throw fault('der/malformed')
  if ((tag & CONSTRUCTED) !== 0) throw fault('der/not-canonical')
  return false
}

function assertPrimitive(tag: number, content: Uint8Array): void {
  if ((tag & CLASS) === CONTEXT) return
  const isContent = CONTENT_RULES.get(tag)
  if (isContent === undefined) throw fault('der/malformed')
  if (!isContent(content)) throw fault('der/not-canonical')
}

function readLength(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly length: number; readonly end: number } {
  const first = bytes[start] ?? 0
  if (first < 0x80) return { length: first, end: start + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 4) throw fault('der/not-canonical')
  if (start + 1 + count > end) throw fault('der/malformed')
  let length = 0
  for (let index = 1; index <= count; index++) length = length * 256 + (bytes[start + index] ?? 0)
  if (length < 0x80 || length < 256 ** (count - 1)) throw fault('der/not-canonical')
  return { length, end: start + 1 + count }
}

function isOrdered(children: readonly DerNode[]): boolean {
  return children.every((child, index) => {
    const before = children[index - 1]
    return before === undefined || compareBytes(before.bytes, child.bytes) <= 0
  })
}

function isShortestInteger(content: Uint8Array): boolean {
  const [first, second] = content
  if (first === undefined) return false
  if (second === undefined) return true
  return !(first === 0 && second < 0x80) && !(first === 0xff && second > 0x7f)
}

function isBitString(content: Uint8Array): boolean {
  const unused = content[0]
  if (unused === undefined || unused > 7) return false
  const last = content.length === 1 ? 0 : (content.at(-1) ?? 0)
  if (content.length === 1) return unused === 0
  return (last & ((1 << unused) - 1)) === 0
}

function isOid(content: Uint8Array): boolean {
  if (content.length === 0 || content.length > 32 || (content.at(-1) ?? 0) > 0x7f) return false
  // An arc never begins with the digit zero.
  return content.every((octet, index) => octet !== 0x80 || (content[index - 1] ?? 0) > 0x7f)
}

function textOf(content: Uint8Array): string | undefined {
  try {
    return utf8Decode(content)
  } catch {
    return undefined
  }
}

function secondsOf(content: Uint8Array): number | undefined {
  const [, year = '', ...rest] = TIME.exec(textOf(content) ?? '') ?? []
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number)
  const century = year.length === 4 ? 0 : Number(year) < 50 ? 2000 : 1900
  const time = new Date(0)
  time.setUTCFullYear(century + Number(year), month - 1, day)
  const isDay = time.getUTCMonth() === month - 1 && time.getUTCDate() === day
  if (rest.length === 0 || !isDay || hour > 23 || minute > 59 || second > 59) return undefined
  return time.getTime() / 1000 + hour * 3600 + minute * 60 + second
}
