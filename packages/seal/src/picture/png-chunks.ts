/** The chunks of a PNG (PNG 3rd edition §5): signature, length, type, data, CRC-32; nothing between and nothing behind. */
import { equalBytes, fault } from '@onetrip/codec'

/** One chunk whose checksum holds. */
export interface PngChunk {
  /** Four letters. */
  readonly type: string
  readonly data: Uint8Array
  /** The whole chunk as it stands in the file. */
  readonly bytes: Uint8Array
}

/** What every PNG begins with. */
export const PNG_SIGNATURE: Uint8Array = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)

const MAX_CHUNKS = 4_096
const FRAME_BYTES = 12
const TYPE = /^[A-Za-z]{4}$/
const POLYNOMIAL = 0xedb88320

const crcTable: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  return crc
})

/** Cuts a PNG into its chunks, up to IEND with which it ends. Throws `seal/image-format`. */
export function pngChunks(png: Uint8Array): readonly PngChunk[] {
  if (!equalBytes(png.subarray(0, PNG_SIGNATURE.length), PNG_SIGNATURE)) throw unreadable()
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: PngChunk[] = []
  let offset = PNG_SIGNATURE.length
  while (offset < png.length) {
    if (offset + FRAME_BYTES > png.length || chunks.length === MAX_CHUNKS) throw unreadable()
    const end = offset + FRAME_BYTES + view.getUint32(offset)
    if (end > png.length) throw unreadable()
    const type = String.fromCharCode(...png.subarray(offset + 4, offset + 8))
    const crc = crc32(png.subarray(offset + 4, end - 4))
    if (!TYPE.test(type) || crc !== view.getUint32(end - 4)) throw unreadable()
    chunks.push({ type, data: png.subarray(offset + 8, end - 4), bytes: png.subarray(offset, end) })
    if (type === 'IEND' && end !== png.length) throw unreadable()
    offset = end
  }
  return chunks
}

/** CRC-32 of a chunk's type and data (PNG 3rd edition §5.5). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (let index = 0; index < bytes.length; index++) {
    crc = (crcTable[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8)
  }
  return (crc ^ 0xffffffff) >>> 0
}

function unreadable() {
  return fault('seal/image-format')
}
