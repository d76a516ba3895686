/** Whole numbers up to 2^53 − 1, which shifts of 32 bits would cut. */

/** Whether it counts something. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** Whether the lowest bit is set. */
export function isOdd(value: number): boolean {
  return value % 2 === 1
}

/** Without its lowest bit. */
export function half(value: number): number {
  return Math.floor(value / 2)
}

/** The greatest n with 2^n ≤ value, for a value of 1 or more; the logarithm itself rounds 2^53 − 1 up. */
export function floorLog2(value: number): number {
  const rounded = Math.floor(Math.log2(value))
  return 2 ** rounded > value ? rounded - 1 : rounded
}

/** Whether it is 1, 2, 4, … */
export function isPowerOfTwo(value: number): boolean {
  return 2 ** floorLog2(value) === value
}

/** A number as the notes write it: decimal, without sign or leading zeros; `undefined` for any other text. */
export function parseCount(text: string): number | undefined {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : undefined
  return isCount(value) ? value : undefined
}
