import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fromHex } from '@onetrip/codec'
import { afterAll, describe, expect, test } from 'vitest'

const MAIN = resolve(import.meta.dirname, 'main.ts')
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures/vectors')
const folder = mkdtempSync(join(tmpdir(), 'onetrip-main-'))

afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })
}

describe('onetrip', () => {
  test.for([[], ['help'], ['constructor'], ['verify'], ['verify', '--', 'x']])(
    '%s: usage',
    (args) => {
      const { status, stderr, stdout } = run(...args)
      expect(status).toBe(64)
      expect(stderr).toContain('onetrip verify FILE')
      expect(stdout).toBe('')
    },
  )

  test('verify ends with the exit code of its outcome', () => {
    const { pack, root } = readJson('trust-packs/main')
    const { input, now } = readJson('verifier/live-valid')
    writeFileSync(join(folder, 'trust.bin'), fromHex(pack))
    writeFileSync(join(folder, 'root.json'), JSON.stringify(root))
    writeFileSync(join(folder, 'live.txt'), `${input.text}\n`)
    const args = ['--trust', 'trust.bin', '--root', 'root.json'].map((arg) =>
      arg.startsWith('--') ? arg : join(folder, arg),
    )
    const at = new Date(now * 1000).toISOString()
    const office = ['--office', input.office]
    const { status, stdout } = run(
      'verify',
      join(folder, 'live.txt'),
      ...args,
      ...office,
      '--at',
      at,
    )
    expect(stdout).toMatch(/^valid\n/)
    expect(status).toBe(0)
  })
})

function readJson(name: string) {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'))
}
