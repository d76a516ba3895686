/** Starts the real demo (`onetrip demo`) as its own process, as `npm start` does. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { childProgram } from '../../server/testing/child-program.ts'

const root = resolve(import.meta.dirname, '../..')
const START_MILLISECONDS = 180_000
/** Each worker of a test run has ports of its own, of which it takes the first three that are free. */
const FIRST_PORT = 18_801
const WORKERS_PORTS = 300
/** So far from a demo's first port is another origin that its wallet may reach. */
const ELSEWHERE = 10_000
/** Names the folder of templates to the workers. */
export const TEMPLATES = 'ONETRIP_TEST_DEMOS'

/** A running demo. */
export interface Demo {
  readonly api: string
  readonly wallet: string
  readonly counter: string
  /** The one origin beside the API's that the wallet may reach; nobody listens there. */
  readonly elsewhere: string
  readonly dataDir: string
  /** Everything the process printed so far. */
  output(): string
  /** Ends the process at once (SIGKILL); its data stay. */
  kill(): Promise<void>
  /** Ends the process in good order; its data stay. */
  leave(): Promise<void>
  /** Ends the process in good order, and removes its data. */
  stop(): Promise<void>
}

/** Starts a demo on three free ports and waits until it is ready. */
export async function startDemo(): Promise<Demo> {
  const port = await freePorts(Number(process.env['VITEST_POOL_ID'] ?? 1))
  const dataDir = mkdtempSync(join(tmpdir(), 'onetrip-e2e-'))
  const template = templateOf(port)
  if (template !== undefined && existsSync(template)) cpSync(template, dataDir, { recursive: true })
  try {
    return await startDemoIn(dataDir, port)
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
}

/** Where `demo-templates.ts` keeps the data of a demo that ran on `port` before. */
export function templateOf(port: number): string | undefined {
  const folder = process.env[TEMPLATES]
  return folder === undefined ? undefined : join(folder, String(port))
}

/** Starts a demo on `port` and the two after it, with its data in `dataDir`. */
export async function startDemoIn(dataDir: string, port: number): Promise<Demo> {
  const elsewhere = `http://localhost:${port + ELSEWHERE}`
  const child = spawn(process.execPath, [childProgram('onetrip'), 'demo'], {
    cwd: root,
    env: {
      ...process.env,
      ONETRIP_PORT: String(port),
      ONETRIP_DATA_DIR: dataDir,
      ONETRIP_WALLET_REACHES: elsewhere,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  await ready(child, () => printed).catch(async (error: unknown) => {
    await end(child, 'SIGKILL')
    throw error
  })
  return {
    api: `http://localhost:${port}`,
    wallet: `http://localhost:${port + 1}`,
    counter: `http://localhost:${port + 2}`,
    elsewhere,
    dataDir,
    output: () => printed,
    kill: () => end(child, 'SIGKILL'),
    leave: () => end(child, 'SIGTERM'),
    stop: async () => {
      await end(child, 'SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The first of three ports in a row of a worker (1 or more) that nobody listens on. */
export async function freePorts(worker: number): Promise<number> {
  const first = FIRST_PORT + (worker - 1) * WORKERS_PORTS
  for (let port = first; port < first + WORKERS_PORTS; port += 3) {
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
      // A port that is "already in use" is not ready.
      if (/\bready\b/.test(printed())) finish(done)
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
