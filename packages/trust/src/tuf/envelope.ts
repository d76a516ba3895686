/** The wrapping of every file of metadata: a signed part and signatures over its canonical form (TUF §4.2). */
import { fault, isObject, type JsonObject, type JsonValue, parseJson } from '@onetrip/codec'
import { canonicalJson } from './canonical-json.ts'
import { listMember, objectMember, textMember } from './json-members.ts'
import { MAX_JSON_DEPTH, MAX_SIGNATURES } from './limits.ts'

/** A signature as it stands in a file; nothing is known of it yet. */
export interface TufSignature {
  readonly keyid: string
  /** Hexadecimal, if it is one at all: an empty text stands for one that is still to be made. */
  readonly sig: string
}

/** A file of metadata whose signatures nobody has checked. */
export interface Envelope {
  readonly bytes: Uint8Array
  readonly signed: JsonObject
  readonly signatures: readonly TufSignature[]
  /** What the signatures cover. */
  readonly signedBytes: Uint8Array
}

/**
 * Reads a file of metadata of at most `maxBytes`. Throws the codes of `parseJson`, and `trust/format` when it is not
 * signed metadata.
 */
export function parseEnvelope(bytes: Uint8Array, maxBytes: number): Envelope {
  // No value takes fewer than two bytes with its comma, so bytes bound items as well.
  const limits = { maxBytes, maxDepth: MAX_JSON_DEPTH, maxItems: maxBytes >> 1 }
  const json = parseJson(bytes, limits)
  if (!isObject(json)) throw fault('trust/format')
  const signed = objectMember(json, 'signed')
  const signatures = listMember(json, 'signatures', MAX_SIGNATURES).map(parseSignature)
  return { bytes, signed, signatures, signedBytes: canonicalJson(signed) }
}

function parseSignature(json: JsonValue): TufSignature {
  if (!isObject(json)) throw fault('trust/format')
  return { keyid: textMember(json, 'keyid'), sig: textMember(json, 'sig') }
}
