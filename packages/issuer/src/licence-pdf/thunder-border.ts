/** A border of square spirals (回纹), the pattern of Chinese certificates, as lines in millimetres. */
import type { PathCommand, Point } from '@onetrip/seal'
import type { Box } from './page-content.ts'

/** One spiral in a square of side 1. */
const SPIRAL: readonly Point[] = [
  { x: 0.06, y: 0.94 },
  { x: 0.06, y: 0.06 },
  { x: 0.94, y: 0.06 },
  { x: 0.94, y: 0.94 },
  { x: 0.34, y: 0.94 },
  { x: 0.34, y: 0.34 },
  { x: 0.66, y: 0.34 },
  { x: 0.66, y: 0.66 },
]

/** Spirals side by side along a frame, about `cell` wide, every second one the other way round. */
export function thunderBorder(frame: Box, cell: number): readonly PathCommand[] {
  const columns = Math.round(frame.width / cell)
  const rows = Math.round(frame.height / cell)
  const [width, height] = [frame.width / columns, frame.height / rows]
  const path: PathCommand[] = []
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const isEdge = row === 0 || row === rows - 1 || column === 0 || column === columns - 1
      if (!isEdge) continue
      const isTurned = column >= columns / 2
      const isFlipped = row >= rows / 2
      SPIRAL.forEach(({ x, y }, index) => {
        const point = {
          x: frame.left + (column + (isTurned ? 1 - x : x)) * width,
          y: frame.top + (row + (isFlipped ? 1 - y : y)) * height,
        }
        path.push({ kind: index === 0 ? 'M' : 'L', points: [point] })
      })
    }
  }
  return path
}
