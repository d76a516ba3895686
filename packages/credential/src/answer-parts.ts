/** The parts of an answer in CBOR: `[material, presentation]` each, in an array of one to eight. */
import { type CborValue, fault, isArray, isBytes } from '@onetrip/codec'
import { isMatterCode } from './counter-certificate.ts'
import { WANT_LIMITS } from './request-wants.ts'

const SIGN1_TAG = 0xd2

/** A presentation of an answer that names its material. */
export interface NamedAnswerPart {
  readonly material: string
  readonly presentation: Uint8Array
}

/** Writes parts; nothing is looked over. */
export function partsToCbor(parts: readonly NamedAnswerPart[]): readonly CborValue[] {
  return parts.map(({ material, presentation }) => [material, presentation])
}

/** Reads parts: `answer/format` for another shape, none, more than eight, or a material twice. */
export function partsFromCbor(entries: readonly CborValue[]): readonly NamedAnswerPart[] {
  const parts = entries.map(partFromCbor)
  const isNumbered = parts.length > 0 && parts.length <= WANT_LIMITS.wants
  const isEachOnce = new Set(parts.map(({ material }) => material)).size === parts.length
  if (!isNumbered || !isEachOnce) throw fault('answer/format')
  return parts
}

function partFromCbor(entry: CborValue): NamedAnswerPart {
  if (!isArray(entry) || entry.length !== 2) throw fault('answer/format')
  const [material, presentation] = entry
  if (typeof material !== 'string' || !isMatterCode(material)) throw fault('answer/format')
  // What begins as a COSE_Sign1 does: an answer holds no answers.
  if (!isBytes(presentation) || presentation[0] !== SIGN1_TAG) throw fault('answer/format')
  return { material, presentation }
}
