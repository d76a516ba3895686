/**
 * Before the browser tests: a demo for each worker is seeded and its faces are built once, which takes longer than most
 * of the tests; theirs are copies.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePorts, startDemoIn, TEMPLATES } from './demo.ts'

/** Vitest's global set-up; what it gives back ends it. */
export default async function prepare({ config }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-demos-'))
  const workers = Array.from({ length: config.maxWorkers }, (_, at) => at + 1)
  await Promise.all(
    workers.map(async (worker) => {
      const port = await freePorts(worker)
      const demo = await startDemoIn(join(folder, String(port)), port)
      await demo.leave()
    }),
  )
  process.env[TEMPLATES] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
