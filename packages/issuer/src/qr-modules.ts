/** QR codes as runs of dark modules, for whatever draws them. The only file below the faces that knows `qrcode`. */
import { create } from 'qrcode'

/** Dark modules side by side in one row, counted from the left upper module. */
export interface QrRun {
  readonly row: number
  readonly column: number
  readonly length: number
}

/** A code without its quiet zone. */
export interface QrModules {
  /** Modules along one side: 17 and four for each version. */
  readonly side: number
  readonly runs: readonly QrRun[]
}

/** White modules that a code needs around it (ISO/IEC 18004 §9.1). */
export const QUIET_ZONE = 4

/** Encodes `text` with error correction L (screens) or M (paper); upper-case Base45 becomes one alphanumeric segment. */
export function qrModules(text: string, errorCorrectionLevel: 'L' | 'M'): QrModules {
  const { size: side, data } = create(text, { errorCorrectionLevel }).modules
  const runs: QrRun[] = []
  for (let row = 0; row < side; row += 1) {
    let column = 0
    while (column < side) {
      const start = column
      while (column < side && data[row * side + column] === 1) column += 1
      if (column > start) runs.push({ row, column: start, length: column - start })
      else column += 1
    }
  }
  return { side, runs }
}
