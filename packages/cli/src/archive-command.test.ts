/** `onetrip archive`: packages by day and by number, gone on with, never overwritten. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeZip, verifyArchive } from '@onetrip/archive'
import { currentRoot } from '@onetrip/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { walkLicence } from '../../../server/testing/case-acts.ts'
import { type CaseWorld, CENTRE, openCaseWorld } from '../../../server/testing/case-world.ts'
import { dropTestDatabase, testEnvironment } from '../../../server/testing/test-database.ts'
import { runArchive } from './archive-command.ts'
import { quietContext } from './quiet-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-archive-command-'))
const out = join(folder, 'out')
const data = mkdtempSync(join(tmpdir(), 'onetrip-archive-data-'))
let cases: CaseWorld
let root: Uint8Array
let number: string

beforeAll(async () => {
  cases = await openCaseWorld({}, data)
  const id = await walkLicence(cases)
  await cases.step('clerk', await cases.accepted(), 'withdraw')
  number = String((await cases.read('clerk', id))['number'])
  root = await currentRoot(cases.world.services)
}, 120_000)
afterAll(async () => {
  await cases.world.close()
  await dropTestDatabase(data)
  for (const path of [folder, data]) rmSync(path, { recursive: true })
})

async function run(...args: readonly string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const code = await runArchive(
    quietContext({
      args: [...args, '--agency', CENTRE, '--person', '陈样例'],
      environment: await testEnvironment(data),
      now: cases.world.services.now,
      print: (line) => lines.push(line),
    }),
  )
  return { code, lines }
}

const DAYS = ['--from', '2026-11-01', '--to', '2026-12-31']

test('writes what ended between two days; the same again writes nothing, and goes on where one is missing', async () => {
  const first = await run(out, ...DAYS)
  expect(first).toMatchObject({ code: 0 })
  expect(first.lines.at(-1)).toBe(`2 of 2 packages are in ${out}`)
  const files = readdirSync(out)
  expect(files).toContain(`${number}.zip`)
  expect(files.length).toBe(2)
  const bytes = readFileSync(join(out, `${number}.zip`))
  expect(await verifyArchive(bytes, { initialRoot: root })).toMatchObject({ outcome: 'valid' })

  const [other = ''] = files.filter((name) => name !== `${number}.zip`)
  rmSync(join(out, other))
  const again = await run(out, ...DAYS)
  expect([...again.lines].sort()).toEqual(
    [
      `${number}.zip: is there already`,
      `${other}: written`,
      `2 of 2 packages are in ${out}`,
    ].sort(),
  )
  expect(readFileSync(join(out, `${number}.zip`))).toEqual(bytes)
  expect((await run(out, '--from', '2026-10-01', '--to', '2026-10-31')).lines).toEqual([
    `0 of 0 packages are in ${out}`,
  ])
})

test('a file of that name that is something else is left, and said', async () => {
  const place = join(folder, 'taken')
  await run(place, '--case', number)
  const path = join(place, `${number}.zip`)
  const whole = readFileSync(path)
  expect(decodeZip(whole).length).toBeGreaterThan(10)
  const half = whole.subarray(0, whole.length / 2)
  writeFileSync(path, half)
  const refused = await run(place, '--case', number)
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.lines[0]).toContain('damaged (archive/format); it was left')
  expect(readFileSync(path)).toEqual(half)
})

test.each([
  ['neither days nor a case', [], 'wanted: --from DAY'],
  ['both', [...DAYS, '--case', 'x'], 'wanted: --from DAY'],
  ['one day alone', ['--from', '2026-11-01'], 'wanted: --from DAY'],
  ['a day that is none', ['--from', 'monday', '--to', '2026-11-01'], 'time/format'],
  ['a case that is none', ['--case', '../x'], 'case/not-found'],
])('%s is refused', async (_, args, words) => {
  await expect(run(join(folder, 'none'), ...args)).rejects.toThrow(words)
})
