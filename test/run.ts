/** `npm test`: types, lint, then every test; the last line is `N passed, M skipped`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureSealFont } from '@onetrip/cli'
import { ensureChromium } from './chromium.ts'

interface Counts {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

const root = resolve(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'onetrip-test-'))
let running: ChildProcess | undefined

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    running?.kill(signal)
    process.exitCode = 130
  })
}

try {
  const chromium = ensureChromium()
  ensureSealFont()
  await step('types', 'tsc', ['--noEmit'])
  await step('lint', 'biome', ['check', '.'])
  let passed = 0
  let skipped = 0
  for (const project of ['node', 'node-alone', 'browser']) {
    const report = join(reports, `${project}.json`)
    await step(
      `tests (${project})`,
      'vitest',
      [
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile=${report}`,
      ],
      { CHROMIUM_PATH: chromium },
    )
    const counts = readCounts(report)
    passed += counts.numPassedTests
    skipped += counts.numPendingTests + counts.numTodoTests
  }
  if (passed === 0) throw new Error('no test ran')
  console.log(`${passed} passed, ${skipped} skipped`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}

function readCounts(path: string): Counts {
  const report: Counts = JSON.parse(readFileSync(path, 'utf8'))
  return report
}

function step(
  name: string,
  tool: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  console.log(`\n== ${name}`)
  const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`
  return new Promise((done, fail) => {
    const child = spawn(tool, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, PATH: path },
    })
    running = child
    child.once('error', fail)
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`${name} failed`))))
  })
}
