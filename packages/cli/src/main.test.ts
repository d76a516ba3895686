import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
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
  test('the installed name runs, and its Node is the pinned one', () => {
    const command = resolve(import.meta.dirname, '../../../node_modules/.bin/onetrip')
    const { status, stdout } = spawnSync(command, ['verify', '--help'], { encoding: 'utf8' })
    expect(stdout).toContain('onetrip verify FILE')
    expect(status).toBe(0)
  })

  test('a reader that has seen enough is no error', () => {
    const script = `${process.execPath} ${MAIN} --help | true; echo "$${'{PIPESTATUS[0]}'}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
    expect(stdout).toBe('0\n')
    expect(stderr).toBe('')
  })

  test('Ctrl-C ends a command that waits for a file, by the signal and without words', async () => {
    const fifo = join(folder, 'root.fifo')
    spawnSync('mkfifo', [fifo])
    const files = ['--trust', 'x', '--office', 'x', '--root', fifo]
    const child = spawn(process.execPath, [MAIN, 'verify', 'x', ...files])
    const output: string[] = []
    child.stderr.on('data', (chunk) => output.push(String(chunk)))
    const ended = new Promise((done) => child.once('exit', (_, signal) => done(signal)))
    // Opens when the command has opened its end.
    const writer = await open(fifo, 'w')
    child.kill('SIGINT')
    expect(await ended).toBe('SIGINT')
    expect(output).toEqual([])
    await writer.close()
  })

  test('verify ends with the exit code of its outcome', () => {
    const { pack, root } = readJson('trust-packs/main')
    const { input, now } = readJson('verifier/live-valid')
    writeFileSync(join(folder, 'province.otpack'), fromHex(pack))
    writeFileSync(join(folder, 'root.json'), root)
    writeFileSync(join(folder, 'live.txt'), `${input.text}\n`)
    const args = ['--trust', 'province.otpack', '--root', 'root.json'].map((arg) =>
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
