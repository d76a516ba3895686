/**
 * Writes ASN.1 values in DER (X.690 §8, §10, §11), as far as X.509 and CMS need them: every function gives
 * one whole value, so that what is written has no second form.
 */
import { compareBytes, concatBytes, utf8Encode } from './bytes.ts'

/** Identifier octets of the universal types that are written and read (X.680 §8.6). */
export const DER_TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** The characters of a PrintableString (X.680 §41.4). */
export const PRINTABLE_TEXT: RegExp = /^[A-Za-z0-9 '()+,\-./:=?]*$/

const FIRST_SECOND_OF_1950 = -631_152_000
const FIRST_SECOND_OF_2050 = 2_524_608_000
const FIRST_SECOND_OF_10000 = 253_402_300_800

/** A value of any type: identifier octet, shortest length, content (X.690 §8.1, §10.1). */
export function derValue(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of content) length += part.length
  return concatBytes(Uint8Array.of(tag, ...lengthOctets(length)), ...content)
}

/** SEQUENCE of values in this order. */
export function derSequence(...values: readonly Uint8Array[]): Uint8Array {
  return derValue(DER_TAG.sequence, ...values)
}

/** SET OF: the encodings in ascending order (X.690 §11.6). */
export function derSetOf(...values: readonly Uint8Array[]): Uint8Array {
  return derValue(DER_TAG.set, ...values.toSorted(compareBytes))
}

/** Context-specific `[number]` around whole values, constructed: explicit tags, or the implicit tag of a SEQUENCE or SET. */
export function derContext(number: number, ...values: readonly Uint8Array[]): Uint8Array {
  return derValue(0xa0 | number, ...values)
}

/** INTEGER that is not negative: a safe integer, or its bytes, most significant first, with or without leading zeros. */
export function derInteger(value: number | Uint8Array): Uint8Array {
  const bytes = typeof value === 'number' ? bytesOf(value) : value
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  const digits = bytes.subarray(start)
  const first = digits[0]
  if (first === undefined) throw new TypeError('an integer has digits')
  const padding = first > 0x7f ? Uint8Array.of(0) : new Uint8Array()
  return derValue(DER_TAG.integer, padding, digits)
}

/** BOOLEAN (X.690 §11.1). */
export function derBoolean(value: boolean): Uint8Array {
  return derValue(DER_TAG.boolean, Uint8Array.of(value ? 0xff : 0))
}

/** NULL. */
export function derNull(): Uint8Array {
  return derValue(DER_TAG.null)
}

/** OCTET STRING. */
export function derOctets(bytes: Uint8Array): Uint8Array {
  return derValue(DER_TAG.octetString, bytes)
}

/** BIT STRING; the last `unusedBits` (0 to 7) bits have to be zero (X.690 §11.2). */
export function derBits(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return derValue(DER_TAG.bitString, Uint8Array.of(unusedBits), bytes)
}

/** OBJECT IDENTIFIER from its dotted form (X.690 §8.19). */
export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return derValue(
    DER_TAG.oid,
    Uint8Array.from([first * 40 + second, ...rest].flatMap((arc) => base128(arc))),
  )
}

/** UTF8String. Throws `text/encoding` on a lone surrogate. */
export function derUtf8(text: string): Uint8Array {
  return derValue(DER_TAG.utf8String, utf8Encode(text))
}

/** PrintableString. `TypeError` for a character that it does not have. */
export function derPrintable(text: string): Uint8Array {
  if (!PRINTABLE_TEXT.test(text)) throw new TypeError('not a PrintableString')
  return derValue(DER_TAG.printableString, utf8Encode(text))
}

/** Time from Unix seconds: UTCTime through 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
export function derTime(seconds: number): Uint8Array {
  const isInRange = seconds >= FIRST_SECOND_OF_1950 && seconds < FIRST_SECOND_OF_10000
  if (!Number.isSafeInteger(seconds) || !isInRange) throw new TypeError('no time of a certificate')
  const digits = new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, '')
  return seconds < FIRST_SECOND_OF_2050
    ? derValue(DER_TAG.utcTime, utf8Encode(digits.slice(2)))
    : derValue(DER_TAG.generalizedTime, utf8Encode(digits))
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const octets = [...bytesOf(length)]
  return [0x80 | octets.length, ...octets]
}

function bytesOf(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError('not a natural number')
  const octets: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.from(octets.length === 0 ? [0] : octets)
}

function base128(arc: number): readonly number[] {
  if (!Number.isSafeInteger(arc) || arc < 0) throw new TypeError('not an object identifier')
  const digits = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift(0x80 | (rest % 128))
  }
  return digits
}
