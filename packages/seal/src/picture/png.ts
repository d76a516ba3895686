/**
 * A picture of a seal that was uploaded instead of drawn: PNG (3rd edition) of the plainest kind, colours or colours with
 * transparency, 8 bits each, neither interlaced nor animated, whose pixels are all there.
 */
import { concatBytes, Fault, fault } from '@onetrip/codec'
import { inflateZlib } from '@onetrip/status'
import type { SealSamples } from '../pdf/appearance.ts'
import { MAX_IMAGE_BYTES } from '../seal-file.ts'
import { PNG_SIGNATURE, pngChunks } from './png-chunks.ts'
import { samplesOf } from './png-samples.ts'

/** How large a PNG is and how its pixels lie. */
export interface PngSize {
  readonly widthPixels: number
  readonly heightPixels: number
  /** Whether each pixel has a fourth byte, its opacity. */
  readonly hasAlpha: boolean
}

/** How large the picture is to be shown. */
export interface ShownSize {
  readonly widthMm: number
  readonly heightMm: number
}

/** Most pixels of a picture. */
export const MAX_PIXELS = 4_000_000

const HEADER_BYTES = 13
const BYTES_PER_PIXEL: Readonly<Record<number, number>> = { 2: 3, 6: 4 }
const LAST_FILTER = 4
/** How far the shape of the pixels may differ from that of the millimetres. */
const MAX_DISTORTION = 0.02
const ANIMATED: readonly string[] = ['acTL', 'fcTL', 'fdAT']
/** An upper-case first letter marks what a reader must understand (PNG 3rd edition §5.4). */
const CRITICAL = /^[A-Z]/

/** As {@link PngSize}, with how many bytes a pixel has. */
export interface PngHeader extends PngSize {
  readonly bytesPerPixel: number
}

/**
 * Reads an uploaded PNG. Throws `seal/too-large` (more than 1 MiB), `seal/image-format` (not of this kind, damaged, over 4
 * megapixels, or of a shape that differs from the shown one by more than 2 %).
 */
export function readPng(png: Uint8Array, shown: ShownSize): PngSize {
  const { widthPixels, heightPixels, hasAlpha } = openPng(png, shown).header
  return { widthPixels, heightPixels, hasAlpha }
}

/** The pixels of an uploaded PNG. Throws as {@link readPng}. */
export function readPngSamples(png: Uint8Array, shown: ShownSize): SealSamples {
  const { header, rows } = openPng(png, shown)
  return samplesOf(header, rows)
}

function openPng(
  png: Uint8Array,
  shown: ShownSize,
): { readonly header: PngHeader; readonly rows: Uint8Array } {
  if (png.length > MAX_IMAGE_BYTES) throw fault('seal/too-large')
  const chunks = pngChunks(png)
  const types = chunks.map(({ type }) => type)
  if (types.some((type) => ANIMATED.includes(type))) throw fault('seal/image-format')
  // Critical chunks other than these, a palette among them, are not of the plainest kind; IDAT follows on IDAT.
  const critical = types.filter((type) => CRITICAL.test(type)).join(' ')
  const isPlain = /^IHDR(?: IDAT)+ IEND$/.test(critical) && types[0] === 'IHDR'
  const data = types.lastIndexOf('IDAT') - types.indexOf('IDAT') + 1
  const parts = chunks.filter(({ type }) => type === 'IDAT')
  if (!isPlain || data !== parts.length || types.at(-1) !== 'IEND' || types.includes('tRNS')) {
    throw fault('seal/image-format')
  }
  const header = readHeader(chunks[0]?.data ?? new Uint8Array())
  assertShape(header, shown)
  return { header, rows: rowsOf(header, concatBytes(...parts.map((part) => part.data))) }
}

/**
 * The same picture with nothing but its pixels: what else a PNG can carry, such as the names of people and programs, is
 * left out. Throws `seal/image-format`.
 */
export function barePng(png: Uint8Array): Uint8Array {
  const kept = pngChunks(png).filter(({ type }) => CRITICAL.test(type))
  return concatBytes(PNG_SIGNATURE, ...kept.map(({ bytes }) => bytes))
}

function readHeader(data: Uint8Array): PngHeader {
  if (data.length !== HEADER_BYTES) throw fault('seal/image-format')
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const widthPixels = view.getUint32(0)
  const heightPixels = view.getUint32(4)
  const [depth, colour = 0, compression, filter, interlace] = data.subarray(8)
  const bytesPerPixel = BYTES_PER_PIXEL[colour]
  const isPlain = depth === 8 && compression === 0 && filter === 0 && interlace === 0
  const pixels = widthPixels * heightPixels
  if (bytesPerPixel === undefined || !isPlain || pixels === 0 || pixels > MAX_PIXELS) {
    throw fault('seal/image-format')
  }
  return { widthPixels, heightPixels, hasAlpha: bytesPerPixel === 4, bytesPerPixel }
}

function assertShape(
  { widthPixels, heightPixels }: PngSize,
  { widthMm, heightMm }: ShownSize,
): void {
  const distortion = (widthPixels * heightMm) / (heightPixels * widthMm)
  if (Math.abs(distortion - 1) > MAX_DISTORTION) throw fault('seal/image-format')
}

/** Each row is there, whole, under a filter that exists (PNG 3rd edition §9). */
function rowsOf(header: PngHeader, compressed: Uint8Array): Uint8Array {
  const rowBytes = 1 + header.widthPixels * header.bytesPerPixel
  const rows = inflate(compressed, rowBytes * header.heightPixels)
  if (rows.length !== rowBytes * header.heightPixels) throw fault('seal/image-format')
  for (let start = 0; start < rows.length; start += rowBytes) {
    if ((rows[start] ?? 0) > LAST_FILTER) throw fault('seal/image-format')
  }
  return rows
}

function inflate(compressed: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return inflateZlib(compressed, maxBytes)
  } catch (error) {
    if (error instanceof Fault) throw fault('seal/image-format')
    throw error
  }
}
