/** Pasted numbers are read each once, and what is none is named. */
import { expect, test } from 'vitest'
import { readSerials } from './typed-serials.ts'

test.each([
  ['', [], []],
  ['jy1\r\nJY2\tJY1', ['JY1', 'JY2'], []],
  ['JY1，JY2；JY3、JY4,JY5', ['JY1', 'JY2', 'JY3', 'JY4', 'JY5'], []],
  [`食证1 ${'9'.repeat(33)} 7`, ['7'], ['食证1', '9'.repeat(33)]],
] as const)('%j', (text, serials, unreadable) => {
  expect(readSerials(text)).toEqual({ serials, unreadable })
})
