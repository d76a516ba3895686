/** Places on pages. */
import { describe, expect, test } from 'vitest'
import { drawnSize, type Point, PROBE_POINTS, pageSpaceOf, toDrawn, toPage } from './page-space.ts'

/** A page of 500 × 800 points whose box begins at (20, 30). */
const upright = (x: number, y: number): Point => ({ x: (x - 20) / 500, y: 1 - (y - 30) / 800 })
/** The same turned by a right angle to the right: its left edge is on top. */
const turned = (x: number, y: number): Point => ({ x: (y - 30) / 800, y: (x - 20) / 500 })

describe.each([
  ['upright', upright, { width: 500, height: 800 }],
  ['turned', turned, { width: 800, height: 500 }],
])('a page that is drawn %s', (_, draw, size) => {
  const space = pageSpaceOf([draw(0, 0), draw(PROBE_POINTS, 0), draw(0, PROBE_POINTS)])

  test('has its points where they are drawn, and back', () => {
    if (space === undefined) throw new TypeError('no space')
    const drawn = toDrawn(space, { x: 270, y: 430 })
    expect(drawn.x).toBeCloseTo(0.5)
    expect(drawn.y).toBeCloseTo(0.5)
    const back = toPage(space, draw(123, 456))
    expect(back.x).toBeCloseTo(123)
    expect(back.y).toBeCloseTo(456)
  })

  test('has its size', () => {
    if (space === undefined) throw new TypeError('no space')
    expect(drawnSize(space).width).toBeCloseTo(size.width)
    expect(drawnSize(space).height).toBeCloseTo(size.height)
  })
})

test('probes that span no page tell none', () => {
  expect(pageSpaceOf([upright(0, 0), upright(0, 0), upright(0, 100)])).toBeUndefined()
  expect(pageSpaceOf([upright(0, 0)])).toBeUndefined()
})
