/** The pixels of an uploaded PNG, unfiltered (PNG 3rd edition §9), as a PDF draws them. */
import { fault } from '@onetrip/codec'
import type { SealSamples } from '../pdf/appearance.ts'
import type { PngHeader } from './png.ts'

/** By filter type: what a byte is predicted to be from those left of it, above it, and left above. */
const PREDICTIONS: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
]

/** Undoes the filters of inflated rows, each of which begins with its filter's type. Throws `seal/image-format`. */
export function samplesOf(header: PngHeader, rows: Uint8Array): SealSamples {
  const { widthPixels: columns, heightPixels, bytesPerPixel } = header
  const rowBytes = columns * bytesPerPixel
  const rgb = new Uint8Array(3 * columns * heightPixels)
  const alpha = new Uint8Array(columns * heightPixels).fill(255)
  let above: Uint8Array = new Uint8Array(rowBytes)
  for (let row = 0; row < heightPixels; row += 1) {
    const start = row * (rowBytes + 1)
    const predict = PREDICTIONS[rows[start] ?? -1]
    if (predict === undefined) throw fault('seal/image-format')
    const line = rows.slice(start + 1, start + 1 + rowBytes)
    for (let at = 0; at < rowBytes; at += 1) {
      const [left, corner] = [line[at - bytesPerPixel] ?? 0, above[at - bytesPerPixel] ?? 0]
      line[at] = (line[at] ?? 0) + predict(left, above[at] ?? 0, corner)
    }
    for (let column = 0; column < columns; column += 1) {
      const pixel = row * columns + column
      const from = column * bytesPerPixel
      rgb.set(line.subarray(from, from + 3), 3 * pixel)
      if (bytesPerPixel === 4) alpha[pixel] = line[from + 3] ?? 0
    }
    above = line
  }
  return { columns, rows: heightPixels, rgb, alpha }
}

/** Of the three the one that is nearest to left + up − corner (§9.4). */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
