/** Members of an answer from unknown to typed; what is not as the server describes it is `issuer/answer`. */
import { fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import type { Localised } from '@onetrip/ui'

const MAX_TEXT = 4096
const MAX_LIST = 1000
/** Holds every field of a form and claim of a licence. */
const MAX_DOCUMENT = 262_144

/** An object. Throws `issuer/answer`. */
export function objectIn(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw fault('issuer/answer')
  return value
}

/** Each of a list, read. Throws `issuer/answer`. */
export function listIn<Item>(
  value: JsonValue | undefined,
  read: (item: JsonValue) => Item,
): readonly Item[] {
  if (!Array.isArray(value) || value.length > MAX_LIST) throw fault('issuer/answer')
  return value.map(read)
}

/** A text. Throws `issuer/answer`. */
export function textIn(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || value.length > MAX_TEXT) throw fault('issuer/answer')
  return value
}

/** A text where there is one. Throws `issuer/answer`. */
export function maybeText(value: JsonValue | undefined): string | undefined {
  return value === undefined || value === null ? undefined : textIn(value)
}

/** A decision's text, or a file in base64url. Throws `issuer/answer`. */
export function documentIn(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || value.length > MAX_DOCUMENT) throw fault('issuer/answer')
  return value
}

/** A decision's text where there is one. Throws `issuer/answer`. */
export function maybeDocument(value: JsonValue | undefined): string | undefined {
  return value === undefined || value === null ? undefined : documentIn(value)
}

/** A whole number from 0. Throws `issuer/answer`. */
export function countIn(value: JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw fault('issuer/answer')
  }
  return value
}

/** A whole number from 0 where there is one. Throws `issuer/answer`. */
export function maybeCount(value: JsonValue | undefined): number | undefined {
  return value === undefined || value === null ? undefined : countIn(value)
}

/** A text in both languages. Throws `issuer/answer`. */
export function localisedIn(value: JsonValue | undefined): Localised {
  const members = objectIn(value)
  return { 'zh-CN': textIn(members['zh-CN']), en: textIn(members['en']) }
}

/** Texts by name. Throws `issuer/answer`. */
export function textsIn(value: JsonValue | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(objectIn(value))
  return Object.fromEntries(entries.map(([name, text]) => [name, textIn(text)]))
}
