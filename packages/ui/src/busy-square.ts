/**
 * Where a code may be that a reader does not even find: the largest square patch of a frame that is
 * busy in both directions. Good enough for "come closer", for nothing else.
 */

import type { GreyPicture } from './prefilter.ts'

/** Pixels of a block's side. */
const BLOCK = 16
/** How far apart the pixels are that are compared: a blurred code differs there, noise does not more. */
const REACH = 4
/** Mean difference, of 255, from which a block is busy: noise of sigma 12 gives 7, a code blurred by a module 11. */
const BUSY = 10
/** Least and most ratio of width to height, and the least share of the patch that is busy. */
const NARROW = 0.75
const WIDE = 1.34
const FILLED = 0.75
/** Blocks of the smallest patch's side. */
const LEAST = 4

interface Grid {
  readonly columns: number
  readonly rows: number
  readonly busy: readonly boolean[]
}

interface Patch {
  readonly width: number
  readonly height: number
  readonly count: number
}

/** Side in pixels of the largest busy square, 0 when there is none. */
export function busySquare(picture: GreyPicture): number {
  const squares = patchesOf(gridOf(picture)).filter(
    ({ width, height, count }) =>
      Math.min(width, height) >= LEAST &&
      width / height >= NARROW &&
      width / height <= WIDE &&
      count / (width * height) >= FILLED,
  )
  return BLOCK * Math.max(0, ...squares.map(({ width, height }) => Math.max(width, height)))
}

function gridOf(picture: GreyPicture): Grid {
  const columns = Math.floor(picture.width / BLOCK)
  const rows = Math.floor(picture.height / BLOCK)
  const busy = Array.from({ length: columns * rows }, (_, index) =>
    isBusy(
      picture,
      Math.floor(index / columns) * BLOCK * picture.width + (index % columns) * BLOCK,
    ),
  )
  return { columns, rows, busy }
}

/** Every other row and column is enough, and a quarter of the work. */
function isBusy({ pixels, width }: GreyPicture, start: number): boolean {
  let across = 0
  let down = 0
  for (let y = 0; y < BLOCK - REACH; y += 2) {
    for (let x = 0; x < BLOCK - REACH; x += 2) {
      const at = start + y * width + x
      const here = pixels[at] ?? 0
      across += Math.abs(here - (pixels[at + REACH] ?? 0))
      down += Math.abs(here - (pixels[at + REACH * width] ?? 0))
    }
  }
  const looks = ((BLOCK - REACH) / 2) ** 2
  return across >= BUSY * looks && down >= BUSY * looks
}

function patchesOf({ columns, rows, busy }: Grid): readonly Patch[] {
  const seen = new Set<number>()
  const patches: Patch[] = []
  for (let start = 0; start < busy.length; start++) {
    if (busy[start] !== true || seen.has(start)) continue
    const members = [start]
    seen.add(start)
    for (const at of members) {
      const column = at % columns
      const next = [
        ...(column > 0 ? [at - 1] : []),
        ...(column < columns - 1 ? [at + 1] : []),
        at - columns,
        at + columns,
      ]
      for (const near of next) {
        if (near < 0 || near >= columns * rows || busy[near] !== true || seen.has(near)) continue
        seen.add(near)
        members.push(near)
      }
    }
    const xs = members.map((at) => at % columns)
    const ys = members.map((at) => Math.floor(at / columns))
    patches.push({ width: span(xs), height: span(ys), count: members.length })
  }
  return patches
}

function span(values: readonly number[]): number {
  const least = values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)
  const most = values.reduce((one, other) => Math.max(one, other), 0)
  return most - least + 1
}
