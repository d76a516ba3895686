/**
 * cbor-x, for local storage that only OneTrip itself writes. It is lenient and fast, and acts on tags, so
 * bytes from outside never come here: they go through `decodeCbor`.
 */
import { Encoder } from 'cbor-x/index-no-eval'
import { fault } from './errors.ts'

const storage = new Encoder({ useRecords: false, mapsAsObjects: true, tagUint8Array: false })

/** Bytes of a plain value: objects, arrays, maps, byte strings, texts, numbers, booleans, `null`. */
export function packTrusted(value: unknown): Uint8Array {
  return Uint8Array.from(storage.encode(value))
}

/**
 * The value that {@link packTrusted} packed; the caller checks its shape and version.
 * Throws `storage/corrupt` when the bytes cannot be read.
 */
export function unpackTrusted(bytes: Uint8Array): unknown {
  try {
    return storage.decode(bytes)
  } catch {
    throw fault('storage/corrupt')
  }
}
