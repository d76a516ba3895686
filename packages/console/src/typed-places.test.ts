import { expect, test } from 'vitest'
import { readPlaces } from './typed-places.ts'

test('places are read as they are pasted, each once, and what is none is said', () => {
  expect(readPlaces(' 17, 4\n17；65535 0 -3 1e3 07 ')).toEqual({
    places: [17, 4, 65535],
    unreadable: ['0', '-3', '1e3', '07'],
  })
  expect(readPlaces('')).toEqual({ places: [], unreadable: [] })
})
