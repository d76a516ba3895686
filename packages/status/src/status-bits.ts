/**
 * Packed status values: index i lies in byte floor(i * bits / 8), counted from the least
 * significant bit (Token Status List draft-20 §4.1).
 */
import { fault } from '@onetrip/codec'

/** How many bits one status takes. */
export type StatusSize = 1 | 2 | 4 | 8

/** Bits per status in our own lists: valid, revoked, suspended, one value to spare. */
export const LIST_BITS = 2

/**
 * Entries in the first list of an agency: 16 KiB of packed bits, so that a thousand small agencies cost a
 * counter 16 MiB at most, and still a crowd to be lost in.
 */
export const LIST_SIZE = 65_536

/**
 * Entries in every later list: 256 KiB of packed bits, the most that our reader takes. Ten million
 * credentials of one agency stand in 21 lists, left half full, and one revocation rewrites about 18 KB of a list that is 1 % revoked.
 */
export const LARGE_LIST_SIZE: number = 2 ** 20

/**
 * The index that is never given to a licence and always reads valid: a list that says otherwise was
 * built or read wrongly and is not published (case ST13).
 */
export const SENTINEL_INDEX = 0

const SIZES: ReadonlySet<unknown> = new Set([1, 2, 4, 8])

/** Whether a value is a status size of the standard. */
export function isStatusSize(value: unknown): value is StatusSize {
  return SIZES.has(value)
}

/** A packed list of `size` statuses, all valid (0); `size * bits` is a multiple of 8. */
export function newStatusBits(size: number = LIST_SIZE, bits: StatusSize = LIST_BITS): Uint8Array {
  if (!Number.isSafeInteger(size) || size <= 0 || (size * bits) % 8 !== 0) {
    throw new TypeError('a status list fills whole bytes')
  }
  return new Uint8Array((size * bits) / 8)
}

/** Where a status stands in packed bytes. */
export interface StatusPlace {
  /** The packed statuses; {@link setStatus} changes them in place. */
  readonly statuses: Uint8Array
  /** Bits per status. */
  readonly bits: StatusSize
  /** 0 <= index < entries. */
  readonly index: number
}

/** Writes one status in place. Throws status/index outside the list. */
export function setStatus({ statuses, bits, index }: StatusPlace, value: number): void {
  const mask = 2 ** bits - 1
  if (!Number.isInteger(value) || value < 0 || value > mask) {
    throw new TypeError('the status does not fit its bits')
  }
  assertIndex({ statuses, bits, index })
  const shift = (index * bits) % 8
  const at = Math.floor((index * bits) / 8)
  statuses[at] = ((statuses[at] ?? 0) & ~(mask << shift)) | (value << shift)
}

/** Reads one status, 0 <= value < 2^bits. Throws status/index outside the list. */
export function getStatus({ statuses, bits, index }: StatusPlace): number {
  assertIndex({ statuses, bits, index })
  const byte = statuses[Math.floor((index * bits) / 8)] ?? 0
  return (byte >> ((index * bits) % 8)) & (2 ** bits - 1)
}

/**
 * Draws an index for a licence, evenly over 1 to `size` - 1: unpredictable, so that neighbours in a list
 * say nothing of who was issued next to whom. The caller keeps indices unique.
 */
export function randomStatusIndex(
  random: (length: number) => Uint8Array,
  size: number = LIST_SIZE,
): number {
  if (!Number.isSafeInteger(size) || size < 2 || size > 2 ** 24) {
    throw new TypeError('a list has 2 to 2^24 entries')
  }
  const limit = Math.floor(2 ** 32 / size) * size
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = random(4)
    const drawn = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d
    const index = drawn % size
    if (drawn < limit && index !== SENTINEL_INDEX) return index
  }
}

function assertIndex({ statuses, bits, index }: StatusPlace): void {
  const size = (statuses.length * 8) / bits
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw fault('status/index')
}
