/**
 * For tests: two server processes on one database, killed at random and started again, and the way to them that clients take, who ask the
 * other one where the first does not answer.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import type { AppEnvironment } from '../src/http/app-context.ts'
import { childProgram } from './child-program.ts'

/** Stands in an answer to a request that was sent more than once: the first time may have counted. */
export const ASKED_AGAIN = 'Asked-Again'
const PAUSE_MILLISECONDS = 100
const ANSWER_MILLISECONDS = 60_000
const LATER: ReadonlySet<number> = new Set([429, 503])

type Child = ChildProcessByStdio<Writable, Readable, null>

/** The running servers. */
export interface KilledServers {
  /** Sends each request to one of them, and again to the other until it is answered. */
  readonly app: Hono<AppEnvironment>
  /** Asks one of them, once. */
  readonly ask: (path: string) => Promise<Response>
  /** Kills one of them at a random moment within `milliseconds`, and starts it again. */
  readonly killOne: (milliseconds: number) => Promise<void>
  /** Kills all. */
  readonly end: () => Promise<void>
}

/** Starts two. */
export async function startKilledServers(folder: string): Promise<KilledServers> {
  const children: [Child, Child] = [spawnServer(folder, 0), spawnServer(folder, 0)]
  const ports = await Promise.all(children.map(portOf))
  const origins = ports.map((port) => `http://127.0.0.1:${port}`)
  const app = new Hono<AppEnvironment>()
  app.all('*', async ({ req }) => {
    const { pathname, search } = new URL(req.url)
    const body = req.method === 'GET' ? {} : { body: await req.arrayBuffer() }
    const init = { method: req.method, headers: req.raw.headers, ...body }
    return untilAnswered(origins, pathname + search, init)
  })
  return {
    app,
    ask: (path) => fetch(`${origins[randomInt(origins.length)]}${path}`),
    killOne: async (milliseconds) => {
      await sleep(randomInt(milliseconds))
      const place = randomInt(2) === 0 ? 0 : 1
      await kill(children[place])
      children[place] = spawnServer(folder, ports[place] ?? 0)
      await portOf(children[place])
    },
    end: async () => {
      await Promise.all(children.map(kill))
    },
  }
}

function spawnServer(folder: string, port: number): Child {
  const args = [childProgram('serve-child'), folder, String(port)]
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function portOf({ stdout }: Child): Promise<number> {
  const [line] = await once(stdout, 'data')
  return Number(String(line))
}

async function kill(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

async function untilAnswered(
  origins: readonly string[],
  path: string,
  init: RequestInit,
): Promise<Response> {
  const end = performance.now() + ANSWER_MILLISECONDS
  for (let times = 0; ; times += 1) {
    const origin = origins[randomInt(origins.length)]
    const response = await fetch(`${origin}${path}`, init).catch(() => undefined)
    if (response !== undefined && !LATER.has(response.status)) {
      const headers = new Headers(response.headers)
      if (times > 0) headers.set(ASKED_AGAIN, 'yes')
      // A server that dies in the middle of its answer has not answered.
      const bytes = await response.arrayBuffer().catch(() => undefined)
      if (bytes !== undefined) {
        headers.delete('Content-Encoding')
        headers.delete('Content-Length')
        return new Response(bytes, { status: response.status, headers })
      }
    }
    if (performance.now() > end) throw new Error(`${path}: no answer`)
    await sleep(PAUSE_MILLISECONDS)
  }
}
