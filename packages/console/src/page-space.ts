/** Between a page's own space, in points from its origin, and the page as it is drawn, in shares of its width and height. */

/** A point, in whichever space. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Points whose places on the drawn page tell how the two spaces lie: the origin, and this far along each axis. */
export const PROBE_POINTS = 100

/** How the two spaces lie. */
export interface PageSpace {
  /** Where the origin is drawn. */
  readonly origin: Point
  /** How far a point along the page's own x axis is on the drawn page. */
  readonly alongX: Point
  readonly alongY: Point
}

/** The space of a page by where its probes are drawn; undefined where they do not span it. */
export function pageSpaceOf(probes: readonly Point[]): PageSpace | undefined {
  const [origin, right, up] = probes
  if (origin === undefined || right === undefined || up === undefined) return undefined
  const along = (end: Point): Point => ({
    x: (end.x - origin.x) / PROBE_POINTS,
    y: (end.y - origin.y) / PROBE_POINTS,
  })
  const space = { origin, alongX: along(right), alongY: along(up) }
  return determinant(space) === 0 ? undefined : space
}

/** Where a point of the page is drawn. */
export function toDrawn({ origin, alongX, alongY }: PageSpace, { x, y }: Point): Point {
  return {
    x: origin.x + x * alongX.x + y * alongY.x,
    y: origin.y + x * alongX.y + y * alongY.y,
  }
}

/** Which point of the page is drawn there. */
export function toPage(space: PageSpace, drawn: Point): Point {
  const { origin, alongX, alongY } = space
  const [dx, dy] = [drawn.x - origin.x, drawn.y - origin.y]
  const whole = determinant(space)
  return {
    x: (dx * alongY.y - dy * alongY.x) / whole,
    y: (dy * alongX.x - dx * alongX.y) / whole,
  }
}

/** How many points the drawn page is wide and high. */
export function drawnSize({ alongX, alongY }: PageSpace): {
  readonly width: number
  readonly height: number
} {
  return {
    width: 1 / Math.hypot(alongX.x, alongY.x),
    height: 1 / Math.hypot(alongX.y, alongY.y),
  }
}

function determinant({ alongX, alongY }: PageSpace): number {
  return alongX.x * alongY.y - alongX.y * alongY.x
}
