/** QR codes as one SVG path: safe under Trusted Types, crisp in print. The only user of `qrcode`. */

import { create } from 'qrcode'

/** ISO/IEC 18004 error correction levels; live codes take `L`, copies and paper `M`. */
export type ErrorCorrection = 'L' | 'M' | 'Q' | 'H'

/** Modules of white around a code (ISO/IEC 18004 §9.1). */
export const QUIET_ZONE = 4

/** A code drawn in module units. */
export interface QrPath {
  /** QR version 1 to 40. */
  readonly version: number
  /** Modules along one side without the quiet zone. */
  readonly modules: number
  /** Side of the view box with the quiet zone. */
  readonly side: number
  /** Path data of the dark modules, runs joined per row. */
  readonly path: string
}

/** Draws `text`; upper-case Base45 goes in as one alphanumeric segment. */
export function qrPath(text: string, errorCorrection: ErrorCorrection): QrPath {
  const code = create(text, { errorCorrectionLevel: errorCorrection })
  const { size, data } = code.modules
  const runs: string[] = []
  for (let row = 0; row < size; row++) {
    let column = 0
    while (column < size) {
      const start = column
      while (column < size && data[row * size + column]) column++
      if (column > start) {
        runs.push(
          `M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${column - start}v1h-${column - start}z`,
        )
      }
      column++
    }
  }
  return {
    version: code.version,
    modules: size,
    side: size + 2 * QUIET_ZONE,
    path: runs.join(''),
  }
}
