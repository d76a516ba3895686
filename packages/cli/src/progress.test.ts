import { expect, test } from 'vitest'
import { progressBar, progressLine } from './progress.ts'

test.for([
  [{ done: 0, total: 10, elapsedMs: 0 }, 'importing ░░░░░░░░░░░░░░░░░░░░ 0 % · 0/10'],
  [
    { done: 350, total: 1000, elapsedMs: 7000 },
    'importing ███████░░░░░░░░░░░░░ 35 % · 350/1,000 · 13 s left',
  ],
  [
    { done: 1, total: 100, elapsedMs: 2000 },
    'importing ░░░░░░░░░░░░░░░░░░░░ 1 % · 1/100 · 3 min 18 s left',
  ],
  [
    { done: 1, total: 3601, elapsedMs: 1000 },
    'importing ░░░░░░░░░░░░░░░░░░░░ 0 % · 1/3,601 · 1 h 0 min left',
  ],
  [{ done: 5, total: 10, elapsedMs: 900 }, 'importing ██████████░░░░░░░░░░ 50 % · 5/10'],
  [{ done: 10, total: 10, elapsedMs: 9000 }, 'importing ████████████████████ 100 % · 10/10'],
  [{ done: 0, total: 0, elapsedMs: 9000 }, 'importing ░░░░░░░░░░░░░░░░░░░░ 0 % · 0/0'],
] as const)('%j', ([state, line]) => {
  expect(progressLine({ label: 'importing', ...state })).toBe(line)
})

test('the bar is drawn ten times a second, keeps to one line, and goes away', () => {
  const written: string[] = []
  const terminal = { write: (text: string) => written.push(text), columns: 20 }
  let time = 0
  const bar = progressBar({ label: 'importing', terminal, now: () => time })
  for (time = 0; time < 1000; time++) bar.update(time, 1000)
  expect(written).toHaveLength(10)
  expect(written[9]).toBe('\r\u001b[Kimporting █████████')
  bar.update(1000, 1000)
  expect(written).toHaveLength(11)
  bar.end()
  expect(written[11]).toBe('\r\u001b[K')
})

test('a bar that was never drawn writes nothing', () => {
  const written: string[] = []
  progressBar({ label: 'x', terminal: { write: (text) => written.push(text) }, now: () => 0 }).end()
  expect(written).toEqual([])
})
