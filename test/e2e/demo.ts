/** Starts the real demo (`onetrip demo`) as its own process, as `npm start` does. */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { childProgram } from '../../server/testing/child-program.ts'

const root = resolve(import.meta.dirname, '../..')
const START_MILLISECONDS = 180_000
/** Each worker of a test run has ports of its own, of which a demo takes the first three that are free. */
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
  /** Of its process. */
  readonly pid: number
  /** Everything the process printed so far. */
  output(): string
  /** Ends the process at once (SIGKILL); its data stay. */
  kill(): Promise<void>
  /** Ends the process in good order; its data stay. */
  leave(): Promise<void>
  /** Ends the process in good order, and removes its data. */
  stop(): Promise<void>
}

/** How the files begin that tell who ends a run which shared demos there are. */
const SHARED = 'shared-'
const shared: { demo?: Promise<Demo> } = {}

/**
 * The demo that files of a worker have in common, one after the other. What a file needs there it issues itself, and it says nothing
 * about what else there is; who ends or breaks a demo, or counts what is in it, starts one.
 */
export function sharedDemo(): Promise<Demo> {
  shared.demo ??= startShared()
  return shared.demo
}

/** Ends the shared demos of the workers, which are gone by then. */
export function endShared(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => one.startsWith(SHARED))) {
    const { pid, dataDir } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function startShared(): Promise<Demo> {
  const demo = await startDemo()
  const { pid, dataDir } = demo
  const folder = process.env[TEMPLATES]
  // A worker that is ended tells nobody before.
  if (folder !== undefined) {
    writeFileSync(join(folder, `${SHARED}${pid}`), JSON.stringify({ pid, dataDir }))
  }
  const refuse = (): never => {
    throw new Error('other files use this demo')
  }
  return { ...demo, kill: refuse, leave: refuse, stop: () => Promise.resolve() }
}

/** Starts a demo on three free ports and waits until it is ready. */
export async function startDemo(): Promise<Demo> {
  const [port = 0] = await freePorts(Number(process.env['VITEST_POOL_ID'] ?? 1), 1)
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
  const child = spawn(process.execPath, [childProgram('onetrip'), 'demo'], {
    cwd: root,
    env: { ...process.env, ...demoVariables(dataDir, port) },
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
  const { pid } = child
  if (pid === undefined) throw new Error('the demo has no process')
  // Whoever waits for its pages would hear of nothing but that they do not come.
  child.once('exit', (_, signal) => {
    if (!ended.has(child))
      console.error(`the demo ended by itself (${signal}):\n${printed.slice(-4000)}`)
  })
  return {
    api: `http://localhost:${port}`,
    wallet: `http://localhost:${port + 1}`,
    counter: `http://localhost:${port + 2}`,
    elsewhere: elsewhereOf(port),
    dataDir,
    pid,
    output: () => printed,
    kill: () => end(child, 'SIGKILL'),
    leave: () => end(child, 'SIGTERM'),
    stop: async () => {
      await end(child, 'SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** What configures a demo. */
export function demoVariables(dataDir: string, port: number): Readonly<Record<string, string>> {
  return {
    ONETRIP_PORT: String(port),
    ONETRIP_DATA_DIR: dataDir,
    ONETRIP_WALLET_REACHES: elsewhereOf(port),
  }
}

function elsewhereOf(port: number): string {
  return `http://localhost:${port + ELSEWHERE}`
}

/** Where the demos of a worker (1 or more) listen that have a template: the shared one, and one that a file starts. */
export function firstPorts(worker: number): Promise<readonly number[]> {
  return freePorts(worker, 2)
}

/** The first ports of a worker at which three in a row are free: as many as are asked for. */
async function freePorts(worker: number, count: number): Promise<readonly number[]> {
  const first = FIRST_PORT + (worker - 1) * WORKERS_PORTS
  const found: number[] = []
  for (let port = first; port < first + WORKERS_PORTS; port += 3) {
    const free = await Promise.all([port, port + 1, port + 2].map(isFree))
    if (free.every(Boolean)) found.push(port)
    if (found.length === count) return found
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

/** Those that a test ended. */
const ended = new WeakSet<ChildProcess>()

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  ended.add(child)
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill(signal)
  })
}
