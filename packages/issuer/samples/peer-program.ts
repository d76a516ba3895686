/** Other people's programs over a file, for tests; each test that needs one is skipped without it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether a program can be started. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

/** Runs a program; `FILE` among the arguments becomes the path of a file with these bytes. */
export function runOver(
  bytes: Uint8Array,
  [program, ...args]: readonly [string, ...(readonly string[])],
): { readonly status: number | null; readonly said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-licence-'))
  try {
    const path = join(folder, 'file.pdf')
    writeFileSync(path, bytes)
    const named = args.map((argument) => (argument === 'FILE' ? path : argument))
    const { status, stdout, stderr } = spawnSync(program, named, { encoding: 'utf8', cwd: folder })
    return { status, said: `${stdout}${stderr}` }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
