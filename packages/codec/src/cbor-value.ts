/** What a CBOR data item is in memory (RFC 8949 §2), as far as OneTrip's strict profile goes. */

/** Map key that stands for simple(59): the digests of redacted map entries (SD-CWT draft §5). */
export const REDACTED_KEYS: unique symbol = Symbol('simple(59)')

/** A map key: a safe integer, a text, or {@link REDACTED_KEYS}. */
export type CborKey = number | string | typeof REDACTED_KEYS

/** A CBOR map; decoding keeps the order of the bytes, encoding sorts. */
export type CborMap = ReadonlyMap<CborKey, CborValue>

/** A CBOR item. A `number` is always a safe integer; floats are {@link CborFloat}. */
export type CborValue =
  | number
  | string
  | Uint8Array
  | boolean
  | null
  | CborFloat
  | CborTag
  | readonly CborValue[]
  | CborMap

/** A tagged item (RFC 8949 §3.4), not interpreted. */
export class CborTag {
  readonly tag: number
  readonly value: CborValue

  constructor(tag: number, value: CborValue) {
    this.tag = tag
    this.value = value
  }
}

/** A floating-point item, kept apart from integers so that neither passes for the other. */
export class CborFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** Says whether an item is a map. */
export function isMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map
}

/** Says whether an item is a byte string. */
export function isBytes(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array
}

/** Says whether an item is an array. */
export function isArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value)
}
