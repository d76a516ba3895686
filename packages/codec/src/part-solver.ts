/**
 * Parts out of combinations of them: Gaussian elimination over GF(2), a row for each part. It keeps as many rows as there
 * are parts and no more, whatever comes. Bytes are held as 32-bit words, for combining four at a time.
 */
import { concatBytes } from './bytes.ts'
import { fault } from './errors.ts'
import { hasPart } from './qr-frame-parts.ts'

interface Row {
  /** Of which parts, as `partsOfFrame` says. */
  readonly parts: Uint32Array
  readonly words: Uint32Array
}

/** Collects combinations of `count` parts of `size` bytes each. */
export class PartSolver {
  readonly #size: number
  readonly #rows: (Row | undefined)[]
  #have = 0

  constructor({ count, size }: { readonly count: number; readonly size: number }) {
    this.#size = size
    this.#rows = Array.from({ length: count })
  }

  /** Combinations that say something of their own: so many parts could be made out of them. */
  get have(): number {
    return this.#have
  }

  /**
   * Takes a combination of the parts that `parts` says. One that says what is known changes nothing; one that contradicts it
   * is `qr/frames-mixed`.
   */
  add(parts: Uint32Array, bytes: Uint8Array): void {
    const row: Row = { parts: parts.slice(), words: toWords(bytes) }
    for (let part = 0; part < this.#rows.length; part++) {
      if (!hasPart(row.parts, part)) continue
      const known = this.#rows[part]
      if (known === undefined) {
        this.#rows[part] = row
        this.#have += 1
        return
      }
      combine(row, known)
    }
    if (row.words.some((word) => word !== 0)) throw fault('qr/frames-mixed')
  }

  /** All parts joined; undefined while they cannot be told. */
  solve(): Uint8Array | undefined {
    const rows = this.#rows.filter((row) => row !== undefined)
    if (rows.length < this.#rows.length) return undefined
    // From the last part, whose row holds nothing else, upwards.
    for (const [at, row] of [...rows.entries()].reverse()) {
      for (const [part, known] of rows.entries()) {
        if (part > at && hasPart(row.parts, part)) combine(row, known)
      }
    }
    return concatBytes(...rows.map(({ words }) => new Uint8Array(words.buffer, 0, this.#size)))
  }
}

/** The bytes as words in the machine's order, filled up with zeros. */
export function toWords(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(bytes.length / 4))
  new Uint8Array(words.buffer).set(bytes)
  return words
}

/** Adds `from` to `into` over GF(2); both are of one length. */
export function addWords(into: Uint32Array, from: Uint32Array): void {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) ^ (from[at] ?? 0)
}

function combine(row: Row, known: Row): void {
  addWords(row.parts, known.parts)
  addWords(row.words, known.words)
}
