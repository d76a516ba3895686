/** PNGs for tests, chunk by chunk, with the checksum of node:zlib. */
import { crc32 } from 'node:zlib'
import { concatBytes, utf8Encode } from '@onetrip/codec'
import { PNG_SIGNATURE } from '../src/picture/png-chunks.ts'

/** What IHDR says where it is not 8 × 6 pixels of colours with transparency. */
export interface PngHeader {
  readonly width?: number
  readonly height?: number
  readonly depth?: number
  readonly colour?: number
  readonly compression?: number
  readonly filter?: number
  readonly interlace?: number
}

/** A chunk with its checksum. */
export function chunk(type: string, data: Uint8Array = new Uint8Array()): Uint8Array {
  const body = concatBytes(utf8Encode(type), data)
  const frame = new Uint8Array(body.length + 8)
  const view = new DataView(frame.buffer)
  view.setUint32(0, data.length)
  frame.set(body, 4)
  view.setUint32(body.length + 4, crc32(body))
  return frame
}

/** IHDR. */
export function header(changes: PngHeader = {}): Uint8Array {
  const { width = 8, height = 6, depth = 8, colour = 6 } = changes
  const { compression = 0, filter = 0, interlace = 0 } = changes
  const data = new Uint8Array(13)
  new DataView(data.buffer).setUint32(0, width)
  new DataView(data.buffer).setUint32(4, height)
  data.set([depth, colour, compression, filter, interlace], 8)
  return chunk('IHDR', data)
}

/** IEND. */
export const END: Uint8Array = chunk('IEND')

/** The signature and chunks. */
export function png(...chunks: readonly Uint8Array[]): Uint8Array {
  return concatBytes(PNG_SIGNATURE, ...chunks)
}

/** A whole PNG over compressed pixels. */
export function pngOf(changes: PngHeader, compressed: Uint8Array): Uint8Array {
  return png(header(changes), chunk('IDAT', compressed), END)
}
