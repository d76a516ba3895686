/** A font of blocks for tests: each character a square with a round hole; `?` alone it does not have. */
import type { GlyphSource, PathCommand, Point } from '../src/index.ts'

const at = (x: number, y: number): Point => ({ x, y })

const BLOCK: readonly PathCommand[] = [
  { kind: 'M', points: [at(0.05, 0.07)] },
  { kind: 'L', points: [at(0.95, 0.07)] },
  { kind: 'L', points: [at(0.95, -0.83)] },
  { kind: 'L', points: [at(0.05, -0.83)] },
  { kind: 'Z', points: [] },
  { kind: 'M', points: [at(0.5, -0.2)] },
  { kind: 'Q', points: [at(0.3, -0.2), at(0.3, -0.4)] },
  { kind: 'C', points: [at(0.3, -0.6), at(0.7, -0.6), at(0.7, -0.4)] },
  { kind: 'Q', points: [at(0.7, -0.2), at(0.5, -0.2)] },
  { kind: 'Z', points: [] },
]

/** Digits and letters of ASCII are half as wide as others. */
export const BLOCKS: GlyphSource = {
  glyph(character) {
    if (character === '?') return undefined
    const advance = character.charCodeAt(0) < 0x80 ? 0.5 : 1
    const commands = BLOCK.map(({ kind, points }) => ({
      kind,
      points: points.map(({ x, y }) => at(x * advance, y)),
    }))
    return { commands, advance }
  },
}
