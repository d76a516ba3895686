/** The output side of inflating: bounded while it grows (case ST01). */
import { fault } from '@onetrip/codec'

/** Grows by doubling, never past `maxBytes`. Throws status/too-large before it would. */
export class CappedOutput {
  readonly #maxBytes: number
  #bytes: Uint8Array
  #length = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#bytes = new Uint8Array(Math.min(maxBytes, 16_384))
  }

  /** Adds one byte. */
  push(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#length] = byte
    this.#length += 1
  }

  /** Adds bytes as they are. */
  append(part: Uint8Array): void {
    this.#reserve(part.length)
    this.#bytes.set(part, this.#length)
    this.#length += part.length
  }

  /** Copies `length` bytes from `distance` back, overlapping allowed. Throws status/format. */
  repeat(distance: number, length: number): void {
    if (distance > this.#length) throw fault('status/format')
    this.#reserve(length)
    const from = this.#length - distance
    const bytes = this.#bytes
    const to = this.#length
    if (distance === 1) bytes.fill(bytes[from] ?? 0, to, to + length)
    else for (let i = 0; i < length; i += 1) bytes[to + i] = bytes[from + i] ?? 0
    this.#length += length
  }

  /** What was written, without slack. */
  finish(): Uint8Array {
    if (this.#length === this.#bytes.length) return this.#bytes
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(count: number): void {
    const needed = this.#length + count
    if (needed > this.#maxBytes) throw fault('status/too-large')
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.min(this.#maxBytes, Math.max(needed, this.#bytes.length * 2)))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}
