/**
 * A PostgreSQL of one's own for tests, thrown away at the end: that of the distribution, installed where whoever runs the tests may
 * do so. Its files are in memory where there is such a folder, so that `fsync` stays on and costs nothing.
 */
import { execFileSync } from 'node:child_process'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages } from '@onetrip/cli'

const OLDEST = 15
const VERSIONS = '/usr/lib/postgresql'
const IN_MEMORY = '/dev/shm'
/** PostgreSQL refuses to run as root. */
const SYSTEM_USER = 'postgres'

/** A server that is running. */
export interface TestPostgres {
  /** Its address, without a database: `postgres://…/`. */
  readonly address: string
  /** Ends it as a crash does; what was committed is there when it is started again. */
  readonly crash: () => void
  readonly startAgain: () => void
  readonly stop: () => void
}

/** The folder of its programs, installed as root where it is missing; undefined where there is none and this process may not install it. */
export function ensurePostgres(): string | undefined {
  const found = findPrograms()
  if (found !== undefined) return found
  try {
    installPackages(['postgresql'], 'PostgreSQL is not installed.')
  } catch {
    return undefined
  }
  return findPrograms()
}

/** Starts one with the programs of a folder. */
export async function startPostgres(programs: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(canWrite(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'onetrip-postgres-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'))
  const run = (name: string, args: readonly string[]): void => {
    const path = join(programs, name)
    const whole = isRoot ? ['runuser', '-u', SYSTEM_USER, '--', path, ...args] : [path, ...args]
    const [command = path, ...rest] = whole
    execFileSync(command, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  const data = join(folder, 'data')
  const port = await freePort()
  const settings = [
    ...['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`],
    // Many small databases, each for a moment.
    ...['max_connections=300', 'shared_buffers=256MB', 'max_wal_size=4GB', 'checkpoint_timeout=1h'],
    ...['autovacuum=off', 'wal_level=minimal', 'max_wal_senders=0'],
    // Tables that nobody counted look large to it: it would compile queries over ten rows.
    'jit=off',
  ]
  const encoding = ['-E', 'UTF8', '--locale=C']
  run('initdb', ['-D', data, '-U', 'onetrip', '-A', 'trust', '--no-sync', ...encoding])
  const options = settings.map((setting) => `-c ${setting}`).join(' ')
  const start = (): void => {
    run('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start'])
  }
  const crash = (): void => run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
  start()
  return {
    address: `postgres://onetrip@127.0.0.1:${port}/`,
    crash,
    startAgain: start,
    stop: () => {
      crash()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findPrograms(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined
  const versions = readdirSync(VERSIONS)
    .map(Number)
    .filter((version) => version >= OLDEST)
    .sort((one, other) => one - other)
    .map((version) => join(VERSIONS, String(version), 'bin'))
  // A version of which only the client is installed has no server in its folder.
  return versions.find((folder) => existsSync(join(folder, 'initdb')))
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, SYSTEM_USER], { encoding: 'utf8' }))
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
