import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fromHex } from '@onetrip/codec'
import { licenceTypes, sampleOffices } from '@onetrip/fixtures'
import { afterAll, expect, test } from 'vitest'
import { quietContext } from './quiet-context.ts'
import { runTrustShow } from './trust-show-command.ts'
import { UsageError } from './usage.ts'

const PACKS = resolve(import.meta.dirname, '../../../fixtures/vectors/trust-packs')
/** When the trust data of the vectors were signed. */
const SIGNED = 1_796_087_400 - 7200
const DAY = 86_400

const folder = mkdtempSync(join(tmpdir(), 'onetrip-trust-show-'))
const { pack, root } = JSON.parse(readFileSync(join(PACKS, 'main.json'), 'utf8'))
writeFileSync(join(folder, 'p.otpack'), fromHex(pack))
writeFileSync(join(folder, 'root.json'), root)

afterAll(() => rmSync(folder, { recursive: true }))

async function show(now: number, extra: readonly string[] = []) {
  const lines: string[] = []
  const args = ['--trust', join(folder, 'p.otpack'), '--root', join(folder, 'root.json'), ...extra]
  const context = {
    ...quietContext({ args, now: () => now }),
    print: (line: string) => lines.push(line),
  }
  return { exit: await runTrustShow(context), output: lines.join('\n') }
}

test.for([
  [2 * DAY, 0, 'fresh'],
  [2 * DAY + 1, 2, 'stale'],
  [30 * DAY + 1, 3, 'expired'],
] as const)('%i s old: exit %i', async ([age, exit, freshness]) => {
  const shown = await show(SIGNED + age, ['--json'])
  expect(shown.exit).toBe(exit)
  expect(JSON.parse(shown.output)).toMatchObject({
    freshness,
    ageSeconds: age,
    environment: 'test',
    agencies: 2,
    offices: sampleOffices.length,
    types: licenceTypes.length,
  })
})

test('logs are named with their witnesses, and how much of them is published', async () => {
  const { pack: bytes, root: rootText } = JSON.parse(
    readFileSync(join(PACKS, 'witnessed.json'), 'utf8'),
  )
  writeFileSync(join(folder, 'w.otpack'), fromHex(bytes))
  writeFileSync(join(folder, 'w.json'), rootText)
  const more = ['--trust', join(folder, 'w.otpack'), '--root', join(folder, 'w.json'), '--json']
  const { output } = await show(SIGNED + 60, more)
  expect(JSON.parse(output).logs).toEqual([
    {
      name: 'log.onetrip.example/record',
      notBefore: '2026-01-24T02:00:00Z',
      notAfter: '2027-11-20T02:00:00Z',
      witnesses: ['witness.one.example', 'witness.two.example', 'witness.three.example'],
      quorum: 2,
      checkpoints: 2,
      entries: 6,
    },
  ])
})

test('people read the same', async () => {
  const { output } = await show(SIGNED + 60)
  expect(output).toContain('freshness: fresh')
  expect(output).toContain('timestamp')
})

test('trust data that the root does not vouch for are refused', async () => {
  writeFileSync(
    join(folder, 'other.json'),
    root.replaceAll(/"keyid":"[0-9a-f]{4}/g, '"keyid":"0000'),
  )
  await expect(show(SIGNED, ['--root', join(folder, 'other.json')])).rejects.toThrow(UsageError)
})
