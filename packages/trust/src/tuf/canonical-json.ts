/**
 * Canonical JSON of the One Laptop per Child project, over which TUF signs and hashes (TUF §4.1): no white space,
 * members sorted by code point, only `"` and `\` escaped, integers only. Control characters stand as they are, so it
 * is not always JSON (RFC 8259 §7) and is never parsed.
 */
import { fault, type JsonObject, type JsonValue, utf8Encode } from '@onetrip/codec'

const ESCAPED = /["\\]/g
const SURROGATE = /[\ud800-\udfff]/

/** The bytes that a signature over a value covers. Throws `trust/format` on a number with a fraction. */
export function canonicalJson(value: JsonValue): Uint8Array {
  return utf8Encode(canonicalText(value))
}

/** The same as text. */
export function canonicalText(value: JsonValue): string {
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw fault('trust/format')
    return String(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`
  return canonicalObject(value)
}

function canonicalObject(value: JsonObject): string {
  let text = ''
  for (const name of sortedNames(Object.keys(value))) {
    const separator = text === '' ? '' : ','
    text += `${separator}${canonicalString(name)}:${canonicalText(value[name] ?? null)}`
  }
  return `{${text}}`
}

function canonicalString(text: string): string {
  if (!text.includes('"') && !text.includes('\\')) return `"${text}"`
  return `"${text.replace(ESCAPED, '\\$&')}"`
}

/** UTF-16 order, which `sort` knows, is code point order unless a name holds a surrogate. */
function sortedNames(names: string[]): readonly string[] {
  let isSorted = true
  let hasSurrogate = false
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? ''
    if (index > 0 && (names[index - 1] ?? '') > name) isSorted = false
    if (!hasSurrogate && SURROGATE.test(name)) hasSurrogate = true
  }
  if (hasSurrogate) return names.sort(compareCodePoints)
  return isSorted ? names : names.sort()
}

function compareCodePoints(a: string, b: string): number {
  const pointsA = Array.from(a, (sign) => sign.codePointAt(0) ?? 0)
  const pointsB = Array.from(b, (sign) => sign.codePointAt(0) ?? 0)
  for (const [index, point] of pointsA.entries()) {
    const difference = point - (pointsB[index] ?? -1)
    if (difference !== 0) return difference
  }
  return pointsA.length - pointsB.length
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
