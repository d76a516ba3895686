/** The figures of a seal that are no letters: rings, a frame, the star; millimetres, from the picture's upper left corner. */
import type { PathCommand, Point } from './path-commands.ts'

/** Control points of a quarter of a circle lie so far out (4/3 × tan 22.5°). */
const QUARTER = (4 / 3) * Math.tan(Math.PI / 8)
/** Inner radius of a five-point star whose edges are straight lines from point to point: (3 − √5) / 2. */
const STAR_INNER = (3 - Math.sqrt(5)) / 2

/** An ellipse by its centre and its half axes. */
export interface Ellipse {
  readonly center: Point
  readonly halfWidth: number
  readonly halfHeight: number
}

/** A ring of even width: the inner outline runs the other way round, so that it stays open. */
export function ring(outer: Ellipse, width: number): readonly PathCommand[] {
  const inner = {
    ...outer,
    halfWidth: outer.halfWidth - width,
    halfHeight: outer.halfHeight - width,
  }
  return [...ellipse(outer, 1), ...ellipse(inner, -1)]
}

/** A square frame of even width from the origin. */
export function frame(side: number, width: number): readonly PathCommand[] {
  const far = side - width
  const outer = [point(0, 0), point(side, 0), point(side, side), point(0, side)]
  const inner = [point(width, width), point(width, far), point(far, far), point(far, width)]
  return [...polygon(outer), ...polygon(inner)]
}

/** A five-point star that stands on two points. */
export function star(center: Point, radius: number): readonly PathCommand[] {
  const corners = Array.from({ length: 10 }, (_, index) => {
    const angle = (index * Math.PI) / 5
    const reach = index % 2 === 0 ? radius : radius * STAR_INNER
    return point(center.x + reach * Math.sin(angle), center.y - reach * Math.cos(angle))
  })
  return polygon(corners)
}

function ellipse({ center, halfWidth, halfHeight }: Ellipse, way: 1 | -1): readonly PathCommand[] {
  const at = (x: number, y: number): Point =>
    point(center.x + way * x * halfWidth, center.y + y * halfHeight)
  const curve = (...points: readonly Point[]): PathCommand => ({ kind: 'C', points })
  return [
    { kind: 'M', points: [at(0, -1)] },
    curve(at(QUARTER, -1), at(1, -QUARTER), at(1, 0)),
    curve(at(1, QUARTER), at(QUARTER, 1), at(0, 1)),
    curve(at(-QUARTER, 1), at(-1, QUARTER), at(-1, 0)),
    curve(at(-1, -QUARTER), at(-QUARTER, -1), at(0, -1)),
    { kind: 'Z', points: [] },
  ]
}

function polygon(corners: readonly Point[]): readonly PathCommand[] {
  const lines = corners.map((corner, index): PathCommand => {
    return { kind: index === 0 ? 'M' : 'L', points: [corner] }
  })
  return [...lines, { kind: 'Z', points: [] }]
}

function point(x: number, y: number): Point {
  return { x, y }
}
