/** The first look at any input: limits, then the outermost form, strictly parsed. */
import {
  type CborLimits,
  type CborValue,
  decodeCbor,
  decodeFrameLines,
  decodeJws,
  decodeQrText,
  decodeSign1,
  type ErrorCode,
  Fault,
  isFrameText,
  type JsonValue,
  type Jws,
  parseJson,
  type Sign1,
  utf8Encode,
} from '@onetrip/codec'
import { isPack, type PackIndex, parsePackIndex } from '@onetrip/trust'
import { textOrBytes } from '../text-or-bytes.ts'

/** Largest input that is no pack, in bytes. */
const MAX_INSPECT_BYTES = 16_777_216

/** Nothing in a tag is interpreted here, so every tag may appear. */
class AnyTag extends Set<number> {
  override has(): boolean {
    return true
  }
}

const CBOR_LIMITS: CborLimits = {
  maxBytes: MAX_INSPECT_BYTES,
  maxItems: 65_536,
  tags: new AnyTag(),
  redactedKeys: true,
}
const JSON_LIMITS = { maxBytes: MAX_INSPECT_BYTES, maxItems: 1_000_000, maxDepth: 32 }
const SIGN1_TAG = 0xd2
const COMPACT = /^[\w-]*\.[\w-]*\.[\w-]*$/
/** Longest text that can be an address with an offer in it. */
const MAX_ADDRESS_CHARACTERS = 16_384

/** An input by its outermost form. */
export type Opened =
  | { readonly form: 'cose'; readonly bytes: Uint8Array; readonly sign1: Sign1 }
  | { readonly form: 'cbor'; readonly bytes: Uint8Array; readonly value: CborValue }
  | { readonly form: 'pack'; readonly index: PackIndex }
  | { readonly form: 'sd-jwt'; readonly text: string }
  | { readonly form: 'jws'; readonly text: string; readonly jws: Jws }
  | { readonly form: 'json'; readonly json: JsonValue }
  /** JSON Lines: one value a line. */
  | { readonly form: 'json-lines'; readonly lines: readonly JsonValue[] }
  | { readonly form: 'address'; readonly text: string }
  | {
      readonly form: 'broken'
      /** What it looks like; nothing when it looks like nothing. */
      readonly like: 'cose' | 'qr-text' | 'jws' | 'json' | 'pack' | undefined
      readonly fault: ErrorCode
    }

/** An input, and the codes that it is the text of. */
export interface OpenedInput {
  readonly opened: Opened
  /** Characters of a code, of each frame where it is animated. */
  readonly qrCharacters?: number
  /** Frames of an animated code. */
  readonly frames?: number
}

/** Opens any input; never throws for what it holds. */
export function openInput(bytes: Uint8Array): OpenedInput {
  const input = textOrBytes(bytes)
  if (typeof input !== 'string') return { opened: openBytes(input) }
  if (isFrameText(input)) return openFrames(input)
  if (!input.startsWith('OT1:')) return { opened: openText(input) }
  const opened = settle('qr-text', () => openBytes(decodeQrText(input)))
  return { opened, qrCharacters: input.length }
}

function openFrames(text: string): OpenedInput {
  const opened = settle('qr-text', () => openBytes(decodeFrameLines(text)))
  const [first = '', ...others] = text.split(/\r?\n/)
  return { opened, qrCharacters: first.length, frames: 1 + others.length }
}

/** CBOR inside a form, under the same limits. */
export function decodeInside(bytes: Uint8Array): CborValue {
  return decodeCbor(bytes, CBOR_LIMITS)
}

/** JSON inside a form, under the same limits. */
export function parseInside(bytes: Uint8Array | string): JsonValue {
  return parseJson(bytes, JSON_LIMITS)
}

function openBytes(bytes: Uint8Array): Opened {
  if (isPack(bytes)) {
    return settle('pack', () => ({ form: 'pack', index: parsePackIndex(bytes, bytes.length) }))
  }
  if (bytes[0] === SIGN1_TAG) {
    return settle('cose', () => ({ form: 'cose', bytes, sign1: decodeSign1(bytes, CBOR_LIMITS) }))
  }
  return settle(undefined, () => ({ form: 'cbor', bytes, value: decodeInside(bytes) }))
}

function openText(text: string): Opened {
  const trimmed = text.trim()
  if (/^[{["]/.test(trimmed)) {
    const whole = settle('json', () => ({ form: 'json', json: parseInside(text) }))
    return whole.form === 'json' || !trimmed.includes('}\n{') ? whole : openLines(trimmed)
  }
  if (trimmed.length <= MAX_ADDRESS_CHARACTERS && URL.canParse(trimmed)) {
    return { form: 'address', text: trimmed }
  }
  if (text.includes('~')) return { form: 'sd-jwt', text }
  if (COMPACT.test(text)) {
    return settle('jws', () => {
      const jws = decodeJws(text, { maxCharacters: MAX_INSPECT_BYTES })
      return { form: 'jws', text, jws }
    })
  }
  const bytes = utf8Encode(text)
  const value = settle(undefined, () => ({ form: 'cbor', bytes, value: decodeInside(bytes) }))
  return value.form === 'cbor' ? value : broken('format/unsupported')
}

function openLines(text: string): Opened {
  return settle('json', () => ({ form: 'json-lines', lines: text.split('\n').map(parseInside) }))
}

function settle(
  like: Extract<Opened, { readonly form: 'broken' }>['like'],
  open: () => Opened,
): Opened {
  try {
    return open()
  } catch (error) {
    if (error instanceof Fault) return { form: 'broken', like, fault: error.code }
    throw error
  }
}

function broken(fault: ErrorCode): Opened {
  return { form: 'broken', like: undefined, fault }
}
