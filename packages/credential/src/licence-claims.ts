/**
 * The claims of a licence: what an agency states (facts) and what a verifier reads, each held against
 * the type definition. Values are NFC and hold no control, bidirectional or zero-width characters,
 * so that no claim can change how the text around it looks.
 */
import {
  type CborValue,
  fault,
  fromBase64url,
  isBytes,
  type JsonValue,
  toBase64url,
} from '@onetrip/codec'
import { dayToNumber, numberToDay } from './calendar-day.ts'
import { areGlyphsOf, parseGlyphs } from './glyphs.ts'
import { isIdNumber, isUscc } from './id-numbers.ts'
import { isSerial, isVersion } from './licence-identifier.ts'
import { dayText } from './shown-text.ts'
import type {
  ClaimDefinition,
  ClaimFormat,
  DisplayText,
  TypeDefinition,
} from './type-definition.ts'

/** A claim's value: text, calendar day `YYYY-MM-DD`, pictures in base64url, or an integer. */
export type ClaimValue = string | number

/** Longest plain text, bytes of UTF-8: normalising takes time in the square of a run of combining marks. */
const MAX_PLAIN_BYTES = 4096
/** Characters that show nothing, whatever the plane; variants of Han characters and Mongolian are left in. */
const INVISIBLE =
  /(?![\p{Variation_Selector}\u180e])[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u

/** What an agency states in one licence. */
export interface LicenceFacts {
  /** `[0-9A-Z]{1,32}`, unique within type and issuer. */
  readonly serial: string
  /** 1 to 999. */
  readonly version: number
  /** First calendar day, Asia/Shanghai. */
  readonly validFrom: string
  /** Last calendar day; left out is long-term. */
  readonly validTo?: string
  /** Values by claim name. */
  readonly claims: Readonly<Record<string, ClaimValue>>
}

/** One claim a presentation discloses, ready to show. */
export interface DisclosedClaim {
  readonly name: string
  readonly element: string
  readonly display: DisplayText
  readonly format: ClaimFormat
  readonly value: ClaimValue
  /** The value as people read it; differs from `value` for codes and days. */
  readonly text: DisplayText
  /** Of pictures: the name of the text claim whose characters they are, which is disclosed too. */
  readonly of?: string
}

/** Own claims as received: by integer key (CBOR) or by name (JSON). */
export type RawClaims = ReadonlyMap<string | number, CborValue | JsonValue>

/**
 * Refuses facts that do not fit the type: `claim/format` (a value, the serial, version or dates),
 * `claim/missing` (a mandatory claim), `claim/unknown` (a name the type does not have). The message names the
 * claim as the definition does, never what was received.
 */
export function assertFacts(type: TypeDefinition, facts: LicenceFacts): void {
  if (!isSerial(facts.serial) || !isVersion(facts.version)) {
    throw fault('claim/format', 'serial or version is not as it should be')
  }
  assertPeriod(facts.validFrom, facts.validTo)
  let known = 0
  for (const claim of type.claims) {
    const value = Object.hasOwn(facts.claims, claim.name) ? facts.claims[claim.name] : undefined
    if (value === undefined) {
      if (claim.mandatory) throw fault('claim/missing', `${claim.name} is missing`)
      continue
    }
    known++
    if (!isClaimValue(claim, value)) {
      throw fault('claim/format', `${claim.name} is not of the format ${claim.format}`)
    }
    if (claim.of !== undefined) assertPicturesOf(value, facts.claims[claim.of])
  }
  for (const name of Object.keys(facts.claims)) {
    if (facts.claims[name] !== undefined) known--
  }
  if (known !== 0) throw fault('claim/unknown')
}

/**
 * Reads disclosed claims in the definition's order. Throws `claim/unknown` for a key or name the type
 * does not have, `claim/format` for a value outside its format.
 */
export function readClaims(type: TypeDefinition, raw: RawClaims): readonly DisclosedClaim[] {
  const claims: DisclosedClaim[] = []
  for (const claim of type.claims) {
    const byKey = raw.get(claim.key)
    const received = byKey ?? raw.get(claim.name)
    if (received === undefined) continue
    const value = byKey === undefined ? received : valueFromCbor(claim, byKey)
    if (!isClaimValue(claim, value)) throw fault('claim/format')
    const { name, element, display, format, of } = claim
    const read = { name, element, display, format, value, text: textOf(claim, value) }
    claims.push(of === undefined ? read : { ...read, of })
  }
  if (claims.length !== raw.size) throw fault('claim/unknown')
  for (const claim of type.claims) {
    if (claim.of === undefined) continue
    const pictures = claims.find(({ name }) => name === claim.name)
    const text = claims.find(({ name }) => name === claim.of)
    if (pictures !== undefined) assertPicturesOf(pictures.value, text?.value)
  }
  return claims
}

/** The CBOR form of a value that fits its format: a day becomes days since 1970-01-01, pictures become bytes. */
export function valueToCbor(claim: ClaimDefinition, value: ClaimValue): ClaimValue | Uint8Array {
  if (claim.format === 'glyphs') return fromBase64url(String(value))
  return claim.format === 'date' && typeof value === 'string' ? dayToNumber(value) : value
}

/** Whether a text is NFC, well-formed, at most 4,096 bytes, and free of what is not seen or turns text round. */
export function isPlainText(text: string): boolean {
  return plainTextBytes(text) >= 0
}

/** Whether a text may stand in one line before people: 1 to `maxCharacters` of plain text, no space at either end. */
export function isPlainLine(text: string, maxCharacters: number): boolean {
  // Counted only when it cannot be long: a character has at most two units.
  if (text === '' || text.length > 2 * maxCharacters || !isPlainText(text)) return false
  return Array.from(text).length <= maxCharacters && text.trim() === text
}

/** Pictures without their text, or of characters that are not in it, are `claim/format`. */
function assertPicturesOf(pictures: ClaimValue, text: ClaimValue | undefined): void {
  const isBound = typeof text === 'string' && areGlyphsOf(fromBase64url(String(pictures)), text)
  if (!isBound) throw fault('claim/format')
}

function valueFromCbor(claim: ClaimDefinition, value: CborValue | JsonValue): unknown {
  if (claim.format === 'glyphs') {
    return isBytes(value as CborValue) ? toBase64url(value as Uint8Array) : undefined
  }
  if (claim.format !== 'date') return isBytes(value as CborValue) ? undefined : value
  return typeof value === 'number' ? numberToDay(value) : undefined
}

function isClaimValue(claim: ClaimDefinition, value: unknown): value is ClaimValue {
  if (claim.format === 'integer') return Number.isSafeInteger(value)
  if (typeof value !== 'string' || value === '') return false
  switch (claim.format) {
    case 'date':
      return isDay(value)
    case 'uscc':
      return isUscc(value)
    case 'id-number':
      return isIdNumber(value)
    case 'code':
      return claim.codes?.[value] !== undefined
    case 'glyphs':
      return isGlyphText(value)
    case 'text': {
      const bytes = plainTextBytes(value)
      return bytes > 0 && bytes <= claim.maxBytes
    }
  }
}

function textOf(claim: ClaimDefinition, value: ClaimValue): DisplayText {
  const text = String(value)
  if (claim.format === 'date') return dayText(text)
  return claim.codes?.[text] ?? { 'zh-CN': text, en: text }
}

function assertPeriod(validFrom: string, validTo: string | undefined): void {
  if (!isDay(validFrom) || (validTo !== undefined && !isDay(validTo))) throw fault('claim/format')
  // ISO days of four-digit years sort as text.
  if (validTo !== undefined && validTo < validFrom) throw fault('claim/format')
}

function isDay(text: string): boolean {
  try {
    dayToNumber(text)
    return true
  } catch {
    return false
  }
}

function isGlyphText(text: string): boolean {
  try {
    return parseGlyphs(fromBase64url(text)).length > 0
  } catch {
    return false
  }
}

/** UTF-8 length of a plain text, or -1 when it is not one; one pass, as issuing is measured. */
function plainTextBytes(text: string): number {
  let bytes = 0
  let isSimple = true
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      if (unit < 0x20 || unit === 0x7f) return -1
      bytes += 1
      continue
    }
    if (isUnseen(unit)) return -1
    if (unit >= 0x300 && !isInert(unit)) isSimple = false
    bytes += unit < 0x800 ? 2 : unit >= 0xd800 && unit <= 0xdfff ? 2 : 3
  }
  if (bytes > MAX_PLAIN_BYTES) return -1
  if (isSimple) return bytes
  if (!text.isWellFormed() || INVISIBLE.test(text)) return -1
  return text.normalize('NFC') === text ? bytes : -1
}

/** Han characters and their punctuation, full-width signs: seen, and in every text its own NFC. */
function isInert(unit: number): boolean {
  if (unit < 0x4e00) return unit >= 0x3001 && unit <= 0x3029
  return unit <= 0x9fff || (unit >= 0xff01 && unit <= 0xff5e)
}

/** C1 controls, bidirectional controls, zero-width characters, line and paragraph separators, BOM. */
function isUnseen(unit: number): boolean {
  if (unit < 0xa0 || unit === 0xad || unit === 0x61c || unit === 0xfeff) return true
  return (
    (unit >= 0x200b && unit <= 0x200f) || (unit >= 0x2028 && unit <= 0x202e) || isInvisible(unit)
  )
}

function isInvisible(unit: number): boolean {
  return unit >= 0x2060 && unit <= 0x206f
}
