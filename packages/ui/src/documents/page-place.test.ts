import { expect, test } from 'vitest'
import { placeOnPage } from './page-place.ts'

test.each([
  [0, 0, 'top-left'],
  [0.45, 0.45, 'middle-centre'],
  [0.85, 0.85, 'bottom-right'],
  [0.45, 0.9, 'bottom-centre'],
  [1.5, -1, 'top-right'],
])('%d, %d is %s', (left, top, place) => {
  expect(placeOnPage({ left, top, width: 0.1, height: 0.1 })).toBe(place)
})
