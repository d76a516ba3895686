import { describe, expect, test } from 'vitest'
import { type Corners, hintFor } from './scanner-guidance.ts'

const WIDTH = 1280
const HEIGHT = 720

function frame(light: number, brightShare = 0): Parameters<typeof hintFor>[0] {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT).fill(light)
  pixels.fill(255, 0, Math.floor(pixels.length * brightShare))
  return { width: WIDTH, height: HEIGHT, pixels }
}

/** Modules of 1.5 px or so: noise that no reader finds anything in, `width` by `height` pixels. */
function withNoise(width: number, height: number): Parameters<typeof hintFor>[0] {
  const picture = frame(200)
  let state = 1
  for (let y = 100; y < 100 + height; y++) {
    for (let x = 300; x < 300 + width; x++) {
      state = (state * 48_271) % 2_147_483_647
      picture.pixels[y * WIDTH + x] = state % 2 === 0 ? 60 : 220
    }
  }
  return picture
}

function square(side: number): Corners {
  return {
    topLeft: { x: 10, y: 10 },
    topRight: { x: 10 + side, y: 10 },
    bottomRight: { x: 10 + side, y: 10 + side },
    bottomLeft: { x: 10, y: 10 + side },
  }
}

describe('hintFor', () => {
  test.each([
    ['a bright frame without a code', frame(200), undefined, undefined],
    ['a dark frame', frame(40), undefined, 'too-dark'],
    ['a dark frame with a code found', frame(40), square(600), 'too-dark'],
    ['a dark frame with one small lamp', frame(40, 0.01), undefined, 'too-dark'],
    ['a lit screen in a dark room', frame(40, 0.1), undefined, undefined],
    ['a small code', frame(200), square(200), 'too-small'],
    ['a small patch no reader finds', withNoise(120, 120), undefined, 'too-small'],
    ['a large patch no reader finds', withNoise(480, 480), undefined, 'unclear'],
    ['a line of print', withNoise(600, 48), undefined, undefined],
    ['a speck', withNoise(32, 32), undefined, undefined],
    ['a large code that cannot be read', frame(200), square(500), 'unclear'],
  ])('%s', (_, picture, found, hint) => {
    expect(hintFor(picture, found)).toBe(hint)
  })
})
