/**
 * Whether a PNG (3rd edition) or JPEG (ITU-T T.81) is whole, and how many pixels it opens to: a small file that opens to gigabytes is
 * refused before anybody opens it, and so is one with something behind its end.
 */
import { crc32, createInflate } from 'node:zlib'

/** Most pixels of a picture: a page scanned at 600 dpi has 35 million. */
export const MAX_IMAGE_PIXELS = 50_000_000
const MAX_SIDE_PIXELS = 30_000

const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const CHUNK_OVERHEAD_BYTES = 12
const IHDR_BYTES = 13
/** Samples of a pixel by colour type (§11.2.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}
/** An interlaced picture has seven passes of its own rows (§8.1). */
const INTERLACED_FACTOR = 2

/** Whether it is a whole PNG of a size that may be opened. */
export async function isWholePng(bytes: Uint8Array): Promise<boolean> {
  const chunks = pngChunks(bytes)
  const [first] = chunks ?? []
  if (chunks === undefined || first?.type !== 'IHDR' || first.data.length !== IHDR_BYTES) {
    return false
  }
  if (chunks.at(-1)?.type !== 'IEND' || chunks.filter(({ type }) => type === 'IHDR').length > 1) {
    return false
  }
  const limit = openedBytes(first.data)
  if (limit === undefined) return false
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)
  return data.length > 0 && (await inflatesWithin(data, limit))
}

/** Whether it is a whole JPEG of a size that may be opened. */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length
  if (length < 4 || view.getUint16(0) !== 0xffd8 || view.getUint16(length - 2) !== 0xffd9) {
    return false
  }
  let at = 2
  let hasFrame = false
  while (at + 4 <= length) {
    if (bytes[at] !== 0xff) return false
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const size = view.getUint16(at + 2)
    if (size < 2 || at + 2 + size > length) return false
    if (isFrame(marker)) {
      // A second frame is a picture behind the picture.
      if (hasFrame || size < 9 || !isAllowed(view.getUint16(at + 7), view.getUint16(at + 5))) {
        return false
      }
      hasFrame = true
    }
    // Start of scan: what follows is coded, up to the end that was seen.
    if (marker === 0xda) return hasFrame
    at += 2 + size
  }
  return false
}

/** SOF0 to SOF15, without DHT, JPG and DAC among them (table B.1). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function isAllowed(width: number, height: number): boolean {
  const isSide = (side: number): boolean => side > 0 && side <= MAX_SIDE_PIXELS
  return isSide(width) && isSide(height) && width * height <= MAX_IMAGE_PIXELS
}

function pngChunks(
  bytes: Uint8Array,
): readonly { readonly type: string; readonly data: Uint8Array }[] | undefined {
  if (!PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: { readonly type: string; readonly data: Uint8Array }[] = []
  let at = PNG_SIGNATURE.length
  while (at < bytes.length) {
    if (at + CHUNK_OVERHEAD_BYTES > bytes.length) return undefined
    const size = view.getUint32(at)
    const end = at + CHUNK_OVERHEAD_BYTES + size
    if (end > bytes.length) return undefined
    const named = bytes.subarray(at + 4, end - 4)
    if (crc32(named) !== view.getUint32(end - 4)) return undefined
    const type = String.fromCharCode(...named.subarray(0, 4))
    if (!/^[A-Za-z]{4}$/.test(type)) return undefined
    chunks.push({ type, data: named.subarray(4) })
    at = end
    // What stands behind the end belongs to no picture.
    if (type === 'IEND') return at === bytes.length ? chunks : undefined
  }
  return undefined
}

/** How many bytes its pixels may open to; undefined for one that is not in the form or too large. */
function openedBytes(header: Uint8Array): number | undefined {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = header.subarray(8)
  const samples = SAMPLES[colour]
  const isForm = DEPTHS[colour]?.includes(depth) && compression === 0 && filter === 0
  if (samples === undefined || !isForm || interlace > 1 || !isAllowed(width, height)) {
    return undefined
  }
  const rowBytes = 1 + Math.ceil((width * samples * depth) / 8)
  return rowBytes * height * (interlace === 1 ? INTERLACED_FACTOR : 1) + MAX_SIDE_PIXELS
}

/** Counts what comes out and keeps none of it. */
function inflatesWithin(parts: readonly Uint8Array[], limit: number): Promise<boolean> {
  return new Promise((done) => {
    const inflate = createInflate()
    let opened = 0
    inflate.on('data', (part: Uint8Array) => {
      opened += part.length
      if (opened > limit) {
        inflate.destroy()
        done(false)
      }
    })
    inflate.on('error', () => done(false))
    inflate.on('end', () => done(opened > 0))
    for (const part of parts) inflate.write(part)
    inflate.end()
  })
}
