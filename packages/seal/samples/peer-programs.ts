/** Other people's programs, for tests; each test that needs one says so and is skipped without it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CHROMIUM: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/chromium-headless-shell',
]

/** Whether a program can be started. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

/** Path of Debian's Chromium, when it is there. */
export function findChromium(): string | undefined {
  return CHROMIUM.find((path) => existsSync(path))
}

/** What a program said. */
export interface PeerAnswer {
  readonly status: number | null
  /** Both of its outputs. */
  readonly said: string
}

/** A folder that is gone after the work. */
export async function inFolder<Result>(
  work: (folder: PeerFolder) => Promise<Result>,
): Promise<Result> {
  const path = mkdtempSync(join(tmpdir(), 'onetrip-seal-'))
  try {
    return await work(new PeerFolder(path))
  } finally {
    rmSync(path, { recursive: true })
  }
}

/** Files for other people's programs. */
export class PeerFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Writes a file and gives its path. */
  write(name: string, content: Uint8Array | string): string {
    const path = join(this.path, name)
    writeFileSync(path, content)
    return path
  }

  /** Reads a file. */
  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.path, name)))
  }

  /** Runs a program here. */
  run(program: string, args: readonly string[]): PeerAnswer {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.path,
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC' },
    })
    return { status, said: `${stdout}${stderr}` }
  }
}
