/** The input side of inflating (RFC 1951 §3.1.1). */
import { fault } from '@onetrip/codec'

/** Reads bits from the least significant end of each byte. Throws status/format past the end. */
export class BitReader {
  readonly #input: Uint8Array
  #at: number
  #held = 0
  #count = 0

  /** Reads from byte `start` on. */
  constructor(input: Uint8Array, start: number) {
    this.#input = input
    this.#at = start
  }

  /** Reads 0 to 16 bits, the first one lowest. */
  read(count: number): number {
    while (this.#count < count) {
      const byte = this.#input[this.#at]
      if (byte === undefined) throw fault('status/format')
      this.#held |= byte << this.#count
      this.#count += 8
      this.#at += 1
    }
    const value = this.#held & ((1 << count) - 1)
    this.#held >>>= count
    this.#count -= count
    return value
  }

  /** Drops what is left of the current byte; never more than 7 bits are held. */
  align(): void {
    this.#held = 0
    this.#count = 0
  }

  /** Takes whole bytes; only after {@link align}. */
  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#input.length) throw fault('status/format')
    const part = this.#input.subarray(this.#at, end)
    this.#at = end
    return part
  }

  /** Whether every byte of the input was used. */
  atEnd(): boolean {
    return this.#at === this.#input.length && this.#count === 0
  }
}
