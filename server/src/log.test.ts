import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { jsonLog } from './log.ts'

function linesOf(work: (log: ReturnType<typeof jsonLog>) => void): readonly string[] {
  const lines: string[] = []
  work(
    jsonLog(
      (line) => lines.push(line),
      () => 1_795_406_400,
    ),
  )
  return lines
}

const read = (line: string | undefined): unknown => parseJson(new TextEncoder().encode(line))

test('an event is one line of JSON with its time, level and fields', () => {
  const lines = linesOf((log) => {
    log('http/request', { status: 200, route: '/s/:number' })
    log('http/unexpected')
    log('seal/not-stamped', { code: 'time-stamp/unreachable' })
  })
  expect(lines.map(read)).toEqual([
    {
      level: 'info',
      at: '2026-11-23T04:00:00.000Z',
      event: 'http/request',
      status: 200,
      route: '/s/:number',
    },
    { level: 'error', at: '2026-11-23T04:00:00.000Z', event: 'http/unexpected' },
    {
      level: 'warn',
      at: '2026-11-23T04:00:00.000Z',
      event: 'seal/not-stamped',
      code: 'time-stamp/unreachable',
    },
  ])
})

test('no value makes a second line or a second member', () => {
  const [line, ...more] = linesOf((log) => log('x/y', { file: 'a"\n{"level":"error"}\u2028' }))
  expect(more).toEqual([])
  expect(line).not.toContain('\n')
  expect(read(line)).toMatchObject({ level: 'info', file: 'a"\n{"level":"error"}\u2028' })
})

test('CR02: a line that cannot be written is lost, and nothing else', () => {
  const log = jsonLog(
    () => {
      throw new Error('ENOSPC')
    },
    () => 0,
  )
  expect(() => log('http/request')).not.toThrow()
})

test('every event that has a level of its own is one that somebody logs', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'log.ts')
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n')
  const own = readFileSync(join(import.meta.dirname, 'log.ts'), 'utf8')
  const events = [...own.matchAll(/\['([a-z/-]+)', '(?:warn|error)'\]/g)].map(([, name]) => name)
  expect(events.length).toBeGreaterThan(5)
  for (const event of events) expect(sources, event).toContain(`log('${event}'`)
})
