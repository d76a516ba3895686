import { expect, test } from 'vitest'
import { hasPart, partsOfFrame } from './qr-frame-parts.ts'

test('the first frames are the parts themselves', () => {
  for (const count of [1, 2, 31, 32, 33, 64, 256]) {
    for (let number = 0; number < count; number++) {
      expect(partsIn(number, count)).toEqual([number])
    }
  }
})

test('the selection is as it was specified: another one could not read what this one shows', () => {
  expect(partsIn(3, 3)).toEqual([0, 1, 2])
  expect(partsIn(12, 12)).toEqual([1, 4, 7])
  expect([...partsOfFrame(1_000, 64)]).toEqual([3_429_660_208, 3_621_201_410])
  expect([...partsOfFrame(2 ** 32 - 1, 64)]).toEqual([4_182_544_393, 214_441_827])
})

test('no later frame is empty, or names a part that there is not', () => {
  for (const count of [1, 2, 3, 33, 200, 256]) {
    for (let number = count; number < count + 2_000; number++) {
      const words = partsOfFrame(number, count)
      expect(words.some((word) => word !== 0)).toBe(true)
      const beyond = Array.from({ length: 32 * words.length - count }, (_, at) => count + at)
      expect(beyond.filter((part) => hasPart(words, part))).toEqual([])
    }
  }
})

test('each part is in half of the later frames', () => {
  const [count, frames] = [64, 4_000]
  const times = new Array<number>(count).fill(0)
  for (let number = count; number < count + frames; number++) {
    for (const part of partsIn(number, count)) times[part] = (times[part] ?? 0) + 1
  }
  for (const time of times) expect(Math.abs(time - frames / 2)).toBeLessThan(200)
})

function partsIn(number: number, count: number): readonly number[] {
  const words = partsOfFrame(number, count)
  return Array.from({ length: count }, (_, part) => part).filter((part) => hasPart(words, part))
}
