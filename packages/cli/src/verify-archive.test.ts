/** `onetrip verify` of an archive package, by a root and nothing else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currentRoot } from '@onetrip/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walkLicence } from '../../../server/testing/case-acts.ts'
import { openCaseWorld } from '../../../server/testing/case-world.ts'
import { quietContext } from './quiet-context.ts'
import { runVerify } from './verify-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-archive-'))
const [zip, root] = [join(folder, 'case.zip'), join(folder, 'root.json')]
let bytes = new Uint8Array()

beforeAll(async () => {
  const cases = await openCaseWorld()
  const id = await walkLicence(cases)
  const response = await cases.request('clerk', `/api/cases/${id}/archive`)
  bytes = new Uint8Array(await response.arrayBuffer())
  writeFileSync(zip, bytes)
  writeFileSync(root, await currentRoot(cases.world.services))
  await cases.world.close()
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const lines: string[] = []
  const context = quietContext({
    args: [...args, '--office', '12339901XYN0000570'],
    now: () => 4_000_000_000,
    print: (line) => lines.push(line),
  })
  return { code: await runVerify(context), output: lines.join('\n') }
}

describe('onetrip verify of an archive package', () => {
  test('says who packed it and when, and what became of each thing in it, decades later', async () => {
    const { code, output } = await run(zip, '--root', root)
    expect([code, output.split('\n')[0]]).toEqual([0, 'valid'])
    for (const words of [
      'packed by 12339901XYN0000570 at 2026-11-23T04:00:00Z, as the log says',
      'no witness is asked',
      'data/result/food-business-licence/decision.txt: valid',
      'data/result/food-business-licence/licence.paper: valid',
    ]) {
      expect(output).toContain(words)
    }
  })

  test('a changed one is red, in words', async () => {
    const other = bytes.slice()
    const place = Math.floor(other.length / 2)
    other[place] = (other[place] ?? 0) ^ 1
    writeFileSync(join(folder, 'other.zip'), other)
    const { code, output } = await run(join(folder, 'other.zip'), '--root', root)
    expect([code, output.split('\n')[0]]).toEqual([1, 'invalid: archive/altered'])
    expect(output).toContain('归档包与归档时不一致')
    const json = JSON.parse((await run(join(folder, 'other.zip'), '--root', root, '--json')).output)
    expect(json).toEqual({ outcome: 'invalid', reason: 'archive/altered', items: [] })
  })

  test('wants a root', async () => {
    await expect(run(zip)).rejects.toThrow('no root')
  })
})
