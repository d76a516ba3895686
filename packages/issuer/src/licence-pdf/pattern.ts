/** The line pattern of a licence's type, the same that its card has in a wallet, as lines in millimetres. */
import { guilloche } from '@onetrip/credential'
import type { PathCommand } from '@onetrip/seal'
import type { Box } from './page-content.ts'

/** Sides of the pattern's view box. */
const [WIDTH, HEIGHT] = [320, 200]

/** The pattern of a type, covering a box that may have any sides: what is over at its sides is left to be clipped. */
export function typePattern(typeCode: string, box: Box): readonly PathCommand[] {
  const scale = Math.min(box.width / WIDTH, box.height / HEIGHT)
  const left = box.left + (box.width - scale * WIDTH) / 2
  const top = box.top + (box.height - scale * HEIGHT) / 2
  const { rosette, waves } = guilloche(typeCode)
  return [rosette, ...waves].flatMap((path) =>
    commandsOf(path).map(({ kind, points }) => ({
      kind,
      points: points.map(({ x, y }) => ({ x: left + scale * x, y: top + scale * y })),
    })),
  )
}

/** Paths of `M`, `L` and `Z` with one point each. */
function commandsOf(path: string): readonly PathCommand[] {
  return Array.from(path.matchAll(/([MLZ])(?:(-?[\d.]+) (-?[\d.]+))?/g), ([, kind, x, y]) => {
    if (kind === 'Z') return { kind, points: [] }
    return { kind: kind === 'M' ? 'M' : 'L', points: [{ x: Number(x), y: Number(y) }] }
  })
}
