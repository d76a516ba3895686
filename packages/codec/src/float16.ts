/** Half-precision floats (IEEE 754 binary16), which CBOR prefers where they are exact (RFC 8949 §4.2.1). */

const view = new DataView(new ArrayBuffer(4))

/** The number that 16 bits stand for (RFC 8949 appendix D). */
export function numberFromHalf(half: number): number {
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  const sign = half & 0x8000 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (fraction + 1024) * 2 ** (exponent - 25)
}

/** The 16 bits that stand for exactly this number, or `undefined`; every NaN is `7e00`. */
export function halfFromNumber(value: number): number | undefined {
  if (Number.isNaN(value)) return 0x7e00
  if (Math.fround(value) !== value) return undefined
  view.setFloat32(0, value)
  const single = view.getUint32(0)
  const sign = (single >>> 16) & 0x8000
  const exponent = ((single >>> 23) & 0xff) - 127
  const fraction = single & 0x7fffff
  if (exponent === 128) return sign | 0x7c00
  if (value === 0) return sign
  if (exponent > 15 || exponent < -24) return undefined
  if (exponent >= -14) {
    return fraction & 0x1fff ? undefined : sign | ((exponent + 15) << 10) | (fraction >> 13)
  }
  const significand = fraction | 0x800000
  const shift = -1 - exponent
  return significand & ((1 << shift) - 1) ? undefined : sign | (significand >> shift)
}
