/**
 * Strict JSON (RFC 8259, and I-JSON RFC 7493 §2) for everything that comes from outside: one reading of
 * every text, so no duplicate names, no byte order mark, no lone surrogates, no rounded integers.
 * Reading stops at `maxBytes`, so the time is linear in the smaller of limit and input.
 */
import { fault } from './errors.ts'
import { JsonReader } from './json-reader.ts'
import type { JsonValue } from './json-value.ts'

const MAX_STACK_DEPTH = 256

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** What the parser accepts; every field has a safe default. */
export interface JsonLimits {
  /** Longest input, in bytes of UTF-8 or in UTF-16 units of a string; default 65,536. */
  readonly maxBytes?: number
  /** Deepest nesting of arrays and objects; default 16, never more than 256. */
  readonly maxDepth?: number
  /** Most values, those inside arrays and objects included; default 4,096. */
  readonly maxItems?: number
}

/**
 * Parses exactly one JSON value. Objects have no prototype; numbers are doubles.
 *
 * Throws `json/format` (grammar, byte order mark, invalid UTF-8, lone surrogate, text left over),
 * `json/duplicate-key`, `json/key-not-allowed` (`__proto__`, `constructor`, `prototype`),
 * `json/number-range` (beyond ±(2^53 − 1)), `json/too-deep`, `json/limit`.
 */
export function parseJson(input: string | Uint8Array, limits: JsonLimits = {}): JsonValue {
  const maxBytes = limits.maxBytes ?? 65_536
  const isCut = input.length > maxBytes
  const text = isCut ? beginning(input, maxBytes) : whole(input)
  const reader = new JsonReader({
    text,
    isCut,
    maxDepth: Math.min(limits.maxDepth ?? 16, MAX_STACK_DEPTH),
    maxItems: limits.maxItems ?? 4_096,
  })
  return reader.readWhole()
}

function whole(input: string | Uint8Array): string {
  if (typeof input === 'string') {
    if (!input.isWellFormed()) throw fault('json/format')
    return input
  }
  try {
    return strict.decode(input)
  } catch {
    throw fault('json/format')
  }
}

/** The part of an input too long that is still read, to name an earlier fault in it. */
function beginning(input: string | Uint8Array, maxBytes: number): string {
  if (typeof input === 'string') return input.slice(0, maxBytes)
  return lenient.decode(input.subarray(0, maxBytes))
}
