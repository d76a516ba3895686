/** Bytes and their text forms: UTF-8 (RFC 3629), hexadecimal, base64url without padding (RFC 4648 §5). */
import { fault } from './errors.ts'

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const NO_SYMBOL = 0xff

const base64urlCodes: Uint8Array = Uint8Array.from(BASE64URL, (symbol) => symbol.charCodeAt(0))
const base64urlValues: Uint8Array = new Uint8Array(256).fill(NO_SYMBOL)
for (let value = 0; value < 64; value++) base64urlValues[BASE64URL.charCodeAt(value)] = value

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Joins byte strings into one fresh array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Says whether two byte strings are the same. For public values: its time depends on them. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

/** Bytewise lexicographic order (RFC 8949 §4.2.1): negative, zero or positive; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const difference = (a[index] as number) - (b[index] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** UTF-8 of a text. Throws `text/encoding` on a lone surrogate, which has no UTF-8. */
export function utf8Encode(text: string): Uint8Array {
  if (!text.isWellFormed()) throw fault('text/encoding')
  return encoder.encode(text)
}

/** Text of UTF-8 bytes; a byte order mark stays in it. Throws `text/encoding` on invalid UTF-8. */
export function utf8Decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw fault('text/encoding')
  }
}

/** Lower-case hexadecimal, two digits per byte. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index++) text += hexPairs[bytes[index] as number]
  return text
}

/** Bytes of hexadecimal of either case. Throws `text/encoding` on an odd length or another sign. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw fault('text/encoding')
  const bytes = new Uint8Array(text.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    const high = hexValue(text.charCodeAt(2 * index))
    const low = hexValue(text.charCodeAt(2 * index + 1))
    if (high < 0 || low < 0) throw fault('text/encoding')
    bytes[index] = (high << 4) | low
  }
  return bytes
}

/** Base64url without padding (RFC 7515 §2). */
export function toBase64url(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  const whole = bytes.length - (bytes.length % 3)
  let out = 0
  let index = 0
  for (; index < whole; index += 3) {
    const group =
      ((bytes[index] as number) << 16) |
      ((bytes[index + 1] as number) << 8) |
      (bytes[index + 2] as number)
    codes[out++] = base64urlCodes[group >> 18] as number
    codes[out++] = base64urlCodes[(group >> 12) & 63] as number
    codes[out++] = base64urlCodes[(group >> 6) & 63] as number
    codes[out++] = base64urlCodes[group & 63] as number
  }
  if (index < bytes.length) {
    const group = ((bytes[index] as number) << 8) | (bytes[index + 1] ?? 0)
    codes[out++] = base64urlCodes[group >> 10] as number
    codes[out++] = base64urlCodes[(group >> 4) & 63] as number
    if (index + 1 < bytes.length) codes[out++] = base64urlCodes[(group << 2) & 63] as number
  }
  return decoder.decode(codes)
}

/**
 * Bytes of base64url in its one canonical form: no padding, no white space, unused bits zero
 * (RFC 4648 §3.5), so that two texts never stand for the same bytes. Throws `encoding/base64url`.
 */
export function fromBase64url(text: string): Uint8Array {
  const rest = text.length % 4
  if (rest === 1) throw fault('encoding/base64url')
  const bytes = new Uint8Array((text.length * 3) >> 2)
  const whole = text.length - rest
  let out = 0
  let bad = 0
  for (let index = 0; index < whole; index += 4) {
    const a = symbolValue(text, index)
    const b = symbolValue(text, index + 1)
    const c = symbolValue(text, index + 2)
    const d = symbolValue(text, index + 3)
    bad |= a | b | c | d
    bytes[out++] = (a << 2) | (b >> 4)
    bytes[out++] = (b << 4) | (c >> 2)
    bytes[out++] = (c << 6) | d
  }
  if (rest > 0) {
    const a = symbolValue(text, whole)
    const b = symbolValue(text, whole + 1)
    const c = rest === 3 ? symbolValue(text, whole + 2) : 0
    const unused = rest === 3 ? c & 0b11 : b & 0b1111
    bad |= a | b | c | (unused === 0 ? 0 : NO_SYMBOL)
    bytes[out++] = (a << 2) | (b >> 4)
    if (rest === 3) bytes[out++] = (b << 4) | (c >> 2)
  }
  if (bad > 63) throw fault('encoding/base64url')
  return bytes
}

function symbolValue(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code < 256 ? (base64urlValues[code] as number) : NO_SYMBOL
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
