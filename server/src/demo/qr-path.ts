/** QR codes as one SVG path, for pages without script. The server's only user of `qrcode`. */
import { create } from 'qrcode'

/** White modules around a code (ISO/IEC 18004 §9.1). */
const QUIET_ZONE = 4

/** A code in module units. */
export interface QrPath {
  /** Side of the view box, quiet zone included. */
  readonly side: number
  readonly path: string
}

/** Draws `text` with error correction L (screens) or M (paper). */
export function qrPath(text: string, errorCorrectionLevel: 'L' | 'M'): QrPath {
  const { size, data } = create(text, { errorCorrectionLevel }).modules
  let path = ''
  for (let row = 0; row < size; row += 1) {
    let column = 0
    while (column < size) {
      const start = column
      while (column < size && data[row * size + column] === 1) column += 1
      const length = column - start
      if (length > 0) path += `M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${length}v1h-${length}z`
      else column += 1
    }
  }
  return { side: size + 2 * QUIET_ZONE, path }
}
