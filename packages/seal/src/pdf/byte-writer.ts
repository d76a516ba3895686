/** Puts the pieces of an update one after the other and knows where each begins. */
import { concatBytes, utf8Encode } from '@onetrip/codec'

/** Collects pieces; their bytes are copied once, at the end. */
export class ByteWriter {
  private readonly pieces: Uint8Array[] = []
  private written = 0

  /** Bytes so far. */
  get length(): number {
    return this.written
  }

  /** Appends ASCII text. */
  text(text: string): void {
    this.bytes(utf8Encode(text))
  }

  /** Appends bytes, which must not change before {@link finish}. */
  bytes(bytes: Uint8Array): void {
    this.pieces.push(bytes)
    this.written += bytes.length
  }

  /** All pieces in a fresh array. */
  finish(): Uint8Array {
    return concatBytes(...this.pieces)
  }
}
