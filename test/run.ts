/**
 * `npm test`: types, lint and the programs that tests start side by side, then the tests of Node, those of the server once more on
 * PostgreSQL, then those of the browser, whose time limits are those of a machine that does nothing besides. What they print carries
 * their name; the last line is `N passed, M skipped`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { ensureSealFont } from '@onetrip/cli'
import { CHILDREN } from '../server/testing/child-program.ts'
import { bundleChildren } from './bundle-children.ts'
import { ensureChromium, ensureShell } from './chromium.ts'
import { ensurePostgres } from './postgres.ts'
import { ensureSoftHsm } from './soft-hsm.ts'

interface Counts {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

/** A folder in memory, and how much room the browsers' profiles, the demos and the tests' databases want there. */
const MEMORY = '/dev/shm'
const ROOM_BYTES = 2 * 1024 ** 3
/** As many as tsc has where nothing is said. */
const MAX_CHECKERS = 4

const root = resolve(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'onetrip-test-'))
const running = new Set<ChildProcess>()

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // Tools are shell scripts that start Node: a signal to one alone would leave what it runs.
    for (const { pid } of running) if (pid !== undefined) process.kill(-pid, signal)
    process.exitCode = 130
  })
}

try {
  const chromium = ensureChromium()
  if (!ensureShell(chromium)) {
    console.log('browser: pages cost a fifth more, for chromium-headless-shell is not installed')
  }
  ensureSealFont()
  if (!ensureSoftHsm()) {
    console.log(
      'hsm: skipped, for softhsm2 and opensc are not installed and only root may install them',
    )
  }
  const children = join(reports, 'children')
  await together([
    step('types', 'tsc', ['--noEmit', '--checkers', checkers()]),
    step('lint', 'biome', ['check', '.']),
    bundleChildren(children),
  ])
  process.env[CHILDREN] = children
  const counts = [
    await tests('node', ['node', 'node-alone'], { CHROMIUM_PATH: chromium, ...temporaryFolder() }),
    ...(await onPostgres(chromium)),
    await tests('browser', ['browser'], { CHROMIUM_PATH: chromium, ...temporaryFolder() }),
  ]
  const passed = sum(counts.map(({ numPassedTests }) => numPassedTests))
  const skipped = counts.map(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests)
  if (passed === 0) throw new Error('no test ran')
  console.log(`${passed} passed, ${sum(skipped)} skipped`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode ??= 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}

/** The server's tests once more, on PostgreSQL where there is one. */
async function onPostgres(chromium: string): Promise<readonly Counts[]> {
  if (ensurePostgres() !== undefined) {
    const env = { CHROMIUM_PATH: chromium, ...temporaryFolder() }
    return [await tests('postgres', ['postgres'], env)]
  }
  console.log('postgres: skipped, for PostgreSQL 15 is not installed and only root may install it')
  return []
}

/** Each checks for itself what others check too: four on two processors take 55 s of them instead of 46. */
function checkers(): string {
  return String(Math.min(MAX_CHECKERS, availableParallelism()))
}

/** Waits for all, so that each says what is wrong, and rejects with what failed. */
async function together(steps: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(steps)
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.message] : []))
  if (failed.length > 0) throw new Error(failed.join('\n'))
}

/** Runs projects of Vitest in one go. */
async function tests(
  name: string,
  projects: readonly string[],
  env: Record<string, string>,
): Promise<Counts> {
  const report = join(reports, `${name}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`]
  await step(name, 'vitest', ['run', ...chosen, ...reporters], env)
  const counts: Counts = JSON.parse(readFileSync(report, 'utf8'))
  return counts
}

/** Memory where it has room: on a disk the browser tests take a seventh longer, and those of Node wait for each commit. A `TMPDIR` that is set stays. */
function temporaryFolder(): Record<string, string> {
  if (process.env['TMPDIR'] !== undefined || !existsSync(MEMORY)) return {}
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize < ROOM_BYTES ? {} : { TMPDIR: MEMORY }
}

function step(
  name: string,
  tool: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`
  return new Promise((done, fail) => {
    const child = spawn(tool, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env, PATH: path },
      detached: true,
    })
    running.add(child)
    for (const stream of [child.stdout, child.stderr]) printLines(name, stream)
    child.once('error', fail)
    child.once('close', (code) => {
      running.delete(child)
      console.log(`${name}: ${code === 0 ? 'good' : 'failed'}`)
      if (code === 0) done()
      else fail(new Error(`${name} failed`))
    })
  })
}

function printLines(name: string, stream: Readable): void {
  createInterface({ input: stream }).on('line', (line) => console.log(`${name.padEnd(7)} ${line}`))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
