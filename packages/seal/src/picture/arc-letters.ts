/**
 * Letters along the inside of an ellipse, a circle being one: evenly by length of arc, upright to it, made narrower first and
 * then smaller until the whole text has room (国发〔1999〕25号: the name runs from left to right round the middle).
 */
import type { Glyph } from './glyph-source.ts'
import type { Ellipse } from './outlines.ts'
import type { PathCommand, Point } from './path-commands.ts'
import { placeGlyph } from './place-glyph.ts'

/** How a text runs. */
export interface ArcText {
  readonly glyphs: readonly Glyph[]
  /** Its outer edge. */
  readonly edge: Ellipse
  /** Over the upper half, feet inwards, or along the lower half, feet outwards. */
  readonly side: 'upper' | 'lower'
  /** Greatest height of a letter in millimetres. */
  readonly maxHeight: number
  /** Angle in radians, seen from the centre of a circle of the same length, that the text may take. */
  readonly maxSpan: number
  /** Width of a letter to its height: as drawn, and at the narrowest. */
  readonly widest: number
  readonly narrowest: number
}

/** The laid-out letters, and how high they came out. */
export interface ArcLetters {
  readonly commands: readonly PathCommand[]
  /** Millimetres. */
  readonly height: number
}

interface Fit {
  readonly height: number
  readonly width: number
  /** Length of arc from centre to centre. */
  readonly pitch: number
  readonly line: ArcLine
}

interface ArcLine {
  readonly length: number
  /** The point at a length of arc from the top, clockwise, and the direction there. */
  readonly at: (length: number) => { readonly point: Point; readonly turn: number }
}

const SHRINK_MM = 0.05
const STEPS = 720
/** Between two letters of a short text there is at most so much of a letter's width. */
const LOOSEST = 1.75
/** Between two letters there is at least so much of a letter's width, at their feet. */
const TIGHTEST = 1.06

/** Lays a text out. `TypeError` where there is no room for it at all. */
export function arcLetters(text: ArcText): ArcLetters {
  const { height, width, pitch, line } = fit(text)
  const { glyphs, side } = text
  const isUpper = side === 'upper'
  const first = (-pitch * (glyphs.length - 1)) / 2
  const commands = glyphs.flatMap((glyph, index) => {
    const along = first + pitch * index
    const { point, turn } = line.at(isUpper ? along : line.length / 2 - along)
    const upright = isUpper ? turn : turn + Math.PI
    return placeGlyph(glyph, { center: point, width, height, turn: upright })
  })
  return { commands, height }
}

function fit(text: ArcText): Fit {
  const { glyphs, edge, maxHeight, maxSpan, widest, narrowest } = text
  for (let height = maxHeight; height > SHRINK_MM; height -= SHRINK_MM) {
    const line = arcLine(shrunk(edge, height / 2))
    const room = (maxSpan / (2 * Math.PI)) * line.length
    const pitch = room / glyphs.length
    // At the feet, where the arc is bent most, letters stand closest.
    const sharpest = (edge.halfHeight - height / 2) ** 2 / (edge.halfWidth - height / 2)
    const atFeet = text.side === 'upper' ? pitch * (1 - height / 2 / sharpest) : pitch
    const width = Math.min(widest * height, atFeet / TIGHTEST)
    if (width >= narrowest * height) {
      return { height, width, pitch: Math.min(pitch, width * LOOSEST), line }
    }
  }
  throw new TypeError('no room for the letters')
}

function shrunk({ center, halfWidth, halfHeight }: Ellipse, by: number): Ellipse {
  return { center, halfWidth: halfWidth - by, halfHeight: halfHeight - by }
}

/** An ellipse by length of arc, which has no closed form: summed over small steps. */
function arcLine({ center, halfWidth, halfHeight }: Ellipse): ArcLine {
  const at = (step: number): Point => {
    const angle = (2 * Math.PI * step) / STEPS
    return {
      x: center.x + halfWidth * Math.sin(angle),
      y: center.y - halfHeight * Math.cos(angle),
    }
  }
  const lengths = [0]
  for (let step = 1; step <= STEPS; step++) {
    const from = at(step - 1)
    const to = at(step)
    lengths.push((lengths[step - 1] ?? 0) + Math.hypot(to.x - from.x, to.y - from.y))
  }
  const length = lengths[STEPS] ?? 0
  return {
    length,
    at(along) {
      const wanted = ((along % length) + length) % length
      const step = stepAt(lengths, wanted)
      const angle = (2 * Math.PI * step) / STEPS
      const turn = Math.atan2(halfHeight * Math.sin(angle), halfWidth * Math.cos(angle))
      return { point: at(step), turn }
    },
  }
}

/** The step, with its fraction, at which a length is reached. */
function stepAt(lengths: readonly number[], wanted: number): number {
  let low = 0
  let high = lengths.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((lengths[middle] ?? 0) <= wanted) low = middle
    else high = middle
  }
  const start = lengths[low] ?? 0
  return low + (wanted - start) / ((lengths[high] ?? 0) - start)
}
