/** The input side of inflating (RFC 1951 §3.1.1). */
import { fault } from '@onetrip/codec'

/** Reads bits from the least significant end of each byte. Throws status/format past the end. */
export class BitReader {
  readonly #input: Uint8Array
  #at: number
  /** At most 31 bits that are taken from the input and not used yet, the next one lowest. */
  #held = 0
  #count = 0

  /** Reads from byte `start` on. */
  constructor(input: Uint8Array, start: number) {
    this.#input = input
    this.#at = start
  }

  /** The next 24 bits, the first one lowest; zeros stand for what lies past the end. */
  peek(): number {
    while (this.#count < 24 && this.#at < this.#input.length) {
      this.#held |= (this.#input[this.#at] ?? 0) << this.#count
      this.#count += 8
      this.#at += 1
    }
    return this.#held
  }

  /** Uses up `count` bits of what {@link peek} showed. */
  drop(count: number): void {
    if (count > this.#count) throw fault('status/format')
    this.#held >>>= count
    this.#count -= count
  }

  /** Reads 0 to 16 bits, the first one lowest. */
  read(count: number): number {
    const value = this.peek() & ((1 << count) - 1)
    this.drop(count)
    return value
  }

  /** Drops what is left of the current byte. */
  align(): void {
    this.drop(this.#count & 7)
  }

  /** Takes whole bytes, at most `length`: fewer where the input ends; only after {@link align}. */
  take(length: number): Uint8Array {
    const start = this.#at - (this.#count >> 3)
    const part = this.#input.subarray(start, start + length)
    this.#at = start + part.length
    this.#held = 0
    this.#count = 0
    return part
  }

  /** Whether every byte of the input was used. */
  atEnd(): boolean {
    return this.#at === this.#input.length && this.#count === 0
  }
}
