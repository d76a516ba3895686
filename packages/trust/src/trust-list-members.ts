/** Strict reading of the members of a trust list: what is not expected is refused. */
import { fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'

const MAX_TEXT = 512
/** Control and format characters, bidirectional overrides among them, could forge a name on screen. */
const UNSAFE_TEXT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u

/** An object. Throws trust/format. */
export function objectOf(json: JsonValue | undefined): JsonObject {
  if (!isObject(json)) throw fault('trust/format')
  return json
}

/** An array. Throws trust/format. */
export function arrayOf(json: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(json)) throw fault('trust/format')
  return json
}

/** A text of 1 to 512 characters in NFC, without control or format characters. Throws trust/format. */
export function textOf(json: JsonValue | undefined): string {
  if (typeof json !== 'string' || json.length === 0 || json.length > MAX_TEXT) {
    throw fault('trust/format')
  }
  if (UNSAFE_TEXT.test(json) || json.normalize('NFC') !== json) throw fault('trust/format')
  return json
}

/** A name in zh-CN and en. Throws trust/format. */
export function parseName(json: JsonValue | undefined): {
  readonly 'zh-CN': string
  readonly en: string
} {
  const name = objectOf(json)
  assertMembers(name, { required: ['zh-CN', 'en'] })
  return { 'zh-CN': textOf(name['zh-CN']), en: textOf(name['en']) }
}

/** Refuses an object that lacks a required member or has one that is not named. Throws trust/format. */
export function assertMembers(
  object: JsonObject,
  names: { readonly required: readonly string[]; readonly optional?: readonly string[] },
): void {
  const known = new Set([...names.required, ...(names.optional ?? [])])
  const isWhole = names.required.every((name) => Object.hasOwn(object, name))
  if (!isWhole || !Object.keys(object).every((name) => known.has(name))) {
    throw fault('trust/format')
  }
}

/** Refuses a list that names something twice. Throws trust/format. */
export function assertUnique(values: readonly string[]): void {
  if (new Set(values).size !== values.length) throw fault('trust/format')
}
