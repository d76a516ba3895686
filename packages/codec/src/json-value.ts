/** What a JSON value is in memory (RFC 8259 §3). */

/** A JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** A JSON object; what `parseJson` makes has no prototype. */
export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** JSON text of a value, without white space, members in their own order. */
export function encodeJson(value: JsonValue): string {
  return JSON.stringify(value)
}

/** Says whether a value is an object, not an array and not `null`. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
