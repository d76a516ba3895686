/**
 * Platforms without a synchronous inflater. DecompressionStream takes 1.7 to 2.4 ms for a list of 2^20
 * entries in Chromium, most of it for its streams, where the portable inflater takes less than one.
 */
import { zlibSync } from 'fflate'

/** Leaves every stream to the portable inflater. */
export function inflateWhole(_input: Uint8Array, _maxBytes: number): Uint8Array | undefined {
  return undefined
}

/** Deflates into a zlib stream, level 6. */
export function deflateWhole(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes, { level: 6 })
}
