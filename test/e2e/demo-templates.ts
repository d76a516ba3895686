/**
 * Before the browser tests: the data of two demos for each worker are seeded, and faces are built once for all, which takes longer
 * than most of the tests; theirs are copies.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { childProgram } from '../../server/testing/child-program.ts'
import { demoVariables, endShared, firstPorts, TEMPLATES } from './demo.ts'
import { plantFaces, type SeededDemo } from './plant-faces.ts'

const run = promisify(execFile)

/** Vitest's global set-up; what it gives back ends it. */
export default async function prepare({ config }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-demos-'))
  const workers = Array.from({ length: config.maxWorkers }, (_, at) => at + 1)
  const ports = (await Promise.all(workers.map(firstPorts))).flat()
  const variables = ports.map((port) => demoVariables(join(folder, String(port)), port))
  const [[built], others] = await Promise.all([
    seed(variables.slice(0, 1), '--build'),
    seed(variables.slice(1)),
  ])
  if (built === undefined) throw new Error('no worker')
  for (const other of others) plantFaces(built, other)
  process.env[TEMPLATES] = folder
  return () => {
    endShared(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One process for all of them: to load the server takes as long as a seed. */
async function seed(
  demos: readonly Readonly<Record<string, string>>[],
  ...options: readonly string[]
): Promise<readonly SeededDemo[]> {
  const program = [childProgram('seed-child'), JSON.stringify(demos), ...options]
  const { stdout } = await run(process.execPath, program)
  const seeded: readonly SeededDemo[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]')
  return seeded
}
