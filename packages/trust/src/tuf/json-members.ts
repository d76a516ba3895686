/** Reading the members of metadata; all throw `trust/format`. */
import { fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'

const SHA256_HEX = /^[0-9a-f]{64}$/

/** A member that is an object. */
export function objectMember(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  if (!isObject(value)) throw fault('trust/format')
  return value
}

/** A member that is a list, no longer than `most`. */
export function listMember(object: JsonObject, name: string, most: number): readonly JsonValue[] {
  const value = object[name]
  if (!Array.isArray(value) || value.length > most) throw fault('trust/format')
  return value
}

/** A member that is a text. */
export function textMember(object: JsonObject, name: string): string {
  const value = object[name]
  if (typeof value !== 'string') throw fault('trust/format')
  return value
}

/** A member that is a whole number from `least` up. */
export function integerMember(object: JsonObject, name: string, least: number): number {
  const value = object[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw fault('trust/format')
  }
  return value
}

/** A member that is `true` or `false`; absent, it is false. */
export function flagMember(object: JsonObject, name: string): boolean {
  const value = object[name] ?? false
  if (typeof value !== 'boolean') throw fault('trust/format')
  return value
}

/** A list of different texts, no longer than `most`. */
export function distinctTexts(object: JsonObject, name: string, most: number): readonly string[] {
  const texts = listMember(object, name, most).map((item) => {
    if (typeof item !== 'string') throw fault('trust/format')
    return item
  })
  if (new Set(texts).size !== texts.length) throw fault('trust/format')
  return texts
}

/**
 * The SHA-256 in a `hashes` member (TUF §4.4). Other functions may stand beside it and are not read: SHA-256 alone
 * pins the file. One without SHA-256 is nothing we can check.
 */
export function sha256Member(object: JsonObject): string {
  const value = textMember(objectMember(object, 'hashes'), 'sha256')
  if (!SHA256_HEX.test(value)) throw fault('trust/format')
  return value
}
