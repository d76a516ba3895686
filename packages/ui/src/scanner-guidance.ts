/** What is wrong with a frame that could not be read: said to the person, never used for a verdict. */

import { busySquare } from './busy-square.ts'
import type { GreyPicture } from './prefilter.ts'
import type { ScanHint } from './scanner-protocol.ts'

/** A point in pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The corners of a code that was found and could not be read. */
export interface Corners {
  readonly topLeft: Point
  readonly topRight: Point
  readonly bottomRight: Point
  readonly bottomLeft: Point
}

/** A frame whose brightest pixels stay below this has no white paper and no lit screen in it. */
const DARK_BELOW = 90
/** The share of pixels that may be brighter all the same: lamps, reflections. */
const BRIGHT_SHARE = 0.03
/** A code narrower than this share of the frame's short side is too small for a dense code. */
const SMALL_BELOW = 0.5
/** Every so many pixels are looked at. */
const STRIDE = 7

/** The one hint for a frame, or undefined when there is nothing to say. */
export function hintFor(frame: GreyPicture, found: Corners | undefined): ScanHint | undefined {
  if (isDark(frame)) return 'too-dark'
  const side = Math.max(found === undefined ? 0 : sideOf(found), busySquare(frame))
  if (side === 0) return undefined
  return side < SMALL_BELOW * Math.min(frame.width, frame.height) ? 'too-small' : 'unclear'
}

function isDark({ pixels }: GreyPicture): boolean {
  let bright = 0
  let seen = 0
  for (let at = 0; at < pixels.length; at += STRIDE) {
    seen += 1
    if ((pixels[at] ?? 0) >= DARK_BELOW) bright += 1
  }
  return seen > 0 && bright / seen < BRIGHT_SHARE
}

function sideOf({ topLeft, topRight, bottomRight, bottomLeft }: Corners): number {
  return Math.max(
    distance(topLeft, topRight),
    distance(topRight, bottomRight),
    distance(bottomRight, bottomLeft),
    distance(bottomLeft, topLeft),
  )
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
