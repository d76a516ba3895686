/** QR codes as one SVG path, for pages without script. */
import { QUIET_ZONE, qrModules } from '@onetrip/issuer'

/** A code in module units. */
export interface QrPath {
  /** Side of the view box, quiet zone included. */
  readonly side: number
  readonly path: string
}

/** Draws `text` with error correction L (screens) or M (paper). */
export function qrPath(text: string, errorCorrectionLevel: 'L' | 'M'): QrPath {
  const { side, runs } = qrModules(text, errorCorrectionLevel)
  const path = runs
    .map(
      ({ row, column, length }) =>
        `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h${length}v1h-${length}z`,
    )
    .join('')
  return { side: side + 2 * QUIET_ZONE, path }
}
