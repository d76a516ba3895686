/** Starts the real demo (`onetrip demo`) as its own process, as `npm start` does. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const START_MILLISECONDS = 180_000

/** A running demo. */
export interface Demo {
  readonly api: string
  readonly wallet: string
  readonly counter: string
  readonly dataDir: string
  /** Everything the process printed so far. */
  output(): string
  /** Ends the process at once (SIGKILL); its data stay. */
  kill(): Promise<void>
  /** Ends the process in good order, and removes its data. */
  stop(): Promise<void>
}

/** Starts a demo on three free ports, the first at or after `preferred`, and waits until it is ready. */
export async function startDemo(preferred: number): Promise<Demo> {
  const port = await freePorts(preferred)
  const dataDir = mkdtempSync(join(tmpdir(), 'onetrip-e2e-'))
  const child = spawn(process.execPath, ['packages/cli/src/main.ts', 'demo'], {
    cwd: root,
    env: { ...process.env, ONETRIP_PORT: String(port), ONETRIP_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  try {
    await ready(child, () => printed)
  } catch (error) {
    await end(child, 'SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
  return {
    api: `http://localhost:${port}`,
    wallet: `http://localhost:${port + 1}`,
    counter: `http://localhost:${port + 2}`,
    dataDir,
    output: () => printed,
    kill: () => end(child, 'SIGKILL'),
    stop: async () => {
      await end(child, 'SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The first of three ports in a row that nobody listens on. */
async function freePorts(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + 1000; port += 3) {
    const free = await Promise.all([port, port + 1, port + 2].map(isFree))
    if (free.every(Boolean)) return port
  }
  throw new Error('no free ports')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}

function ready(child: ChildProcess, printed: () => string): Promise<void> {
  return new Promise((done, fail) => {
    const started = performance.now()
    const timer = setInterval(() => {
      if (printed().includes('ready')) finish(done)
      else if (child.exitCode !== null) finish(() => fail(new Error(`demo ended:\n${printed()}`)))
      else if (performance.now() - started > START_MILLISECONDS) {
        finish(() => fail(new Error(`demo is not ready:\n${printed()}`)))
      }
    }, 100)
    function finish(then: () => void): void {
      clearInterval(timer)
      then()
    }
  })
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill(signal)
  })
}
