import { expect, test } from 'vitest'
import { oneAfterOther } from './one-after-other.ts'

test('what comes while something is under way waits, and goes on from where that led', async () => {
  const line = oneAfterOther()
  let version = 1
  const under = new Set<string>()
  const change = (name: string, isRefused = false) =>
    line(async (isNext) => {
      const seen = version
      expect([...under]).toEqual([])
      under.add(name)
      await new Promise((done) => setTimeout(done, 1))
      under.delete(name)
      if (isRefused) throw new TypeError(name)
      version = seen + 1
      return { seen, isNext }
    })
  const all = await Promise.allSettled([change('a'), change('b', true), change('c'), change('d')])
  expect(all.map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual([
    { seen: 1, isNext: false },
    'refused',
    { seen: 2, isNext: true },
    { seen: 3, isNext: true },
  ])
  expect(version).toBe(4)
  expect(await change('e')).toEqual({ seen: 4, isNext: false })
})
