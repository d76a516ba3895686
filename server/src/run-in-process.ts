/**
 * Work in a process of its own: whoever waits too long ends the process, and with it all that hostile input does there. A few run at once, and
 * some wait for their turn, so that many files that are sent together take no more memory than a few. A thread would be no such place: what
 * V8 aborts at in a thread ends the whole server (nodejs/node#64500).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fault } from '@onetrip/codec'
import * as v from 'valibot'

const MAX_MILLISECONDS = 20_000
const MAX_HEAP_MEGABYTES = 512
/** Processes at once of this one. */
export const MAX_PROCESSES = 3
/** Orders that wait for one of them. */
export const MAX_WAITING = 32
/** A process that nobody wants for so long ends. */
const IDLE_MILLISECONDS = 10_000
/** Where Node keeps what it compiled, if it does: all of the environment that such a process has. */
const CACHE = 'NODE_COMPILE_CACHE'
const ANSWER = v.object({ message: v.unknown() })

/** How long a process lives. */
interface ProcessLife {
  /**
   * It stays for the next order of its module, if it answered: starting one takes most of a second. For readers that are done with a file when
   * they answer, and keep nothing of it.
   */
  readonly staysOn?: boolean
}

interface IdleProcess {
  readonly module: string
  readonly child: ChildProcess
  readonly timer: NodeJS.Timeout
  readonly leave: () => void
}

let free = MAX_PROCESSES
const waiting: (() => void)[] = []
/** The longest first. */
const idle: IdleProcess[] = []

/**
 * Runs a module with `order` (`answer-orders.ts`) and gives its answer, as `message`. Nothing when it fails, takes 20 seconds or 512 MB.
 * Throws `http/rate-limited` where too many wait already.
 */
export async function runInProcess(
  module: URL,
  order: unknown,
  { staysOn = false }: ProcessLife = {},
): Promise<{ readonly message: unknown } | undefined> {
  await turn()
  try {
    // As between threads: what is a Buffer here is plain bytes there, and what cannot be sent starts nothing.
    const plain: unknown = structuredClone(order)
    const child = takeIdle(module.href) ?? start(module)
    const answer = await ask(child, plain)
    if (staysOn && answer !== undefined) keepIdle(module.href, child)
    else child.kill('SIGKILL')
    return answer
  } finally {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
}

async function turn(): Promise<void> {
  if (free > 0) {
    free -= 1
    return
  }
  if (waiting.length >= MAX_WAITING) throw fault('http/rate-limited')
  await new Promise<void>((done) => {
    waiting.push(done)
  })
}

function start(module: URL): ChildProcess {
  const running = MAX_PROCESSES - free
  if (idle.length + running > MAX_PROCESSES) idle.shift()?.child.kill('SIGKILL')
  const cache = process.env[CACHE]
  const child = fork(fileURLToPath(module), {
    execArgv: [`--max-old-space-size=${MAX_HEAP_MEGABYTES}`],
    env: cache === undefined ? {} : { [CACHE]: cache },
    serialization: 'advanced',
    // Libraries complain of what is not there and not needed.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // Whoever waits for an answer hears of it too.
  return child.on('error', () => {})
}

async function ask(
  child: ChildProcess,
  order: unknown,
): Promise<{ readonly message: unknown } | undefined> {
  const { promise, resolve } = Promise.withResolvers<{ readonly message: unknown } | undefined>()
  const hear = (sent: unknown): void => {
    const answer = v.safeParse(ANSWER, sent)
    resolve(answer.success ? answer.output : undefined)
  }
  const fail = (): void => resolve(undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), MAX_MILLISECONDS)
  child.on('message', hear).on('error', fail).on('exit', fail)
  try {
    child.send({ order }, (error) => {
      if (error !== null) fail()
    })
    return await promise
  } finally {
    clearTimeout(timer)
    child.off('message', hear).off('error', fail).off('exit', fail)
  }
}

/** It keeps no process alive. */
function keepIdle(module: string, child: ChildProcess): void {
  const leave = (): void => {
    const place = idle.findIndex((one) => one.child === child)
    if (place >= 0) idle.splice(place, 1)
    child.kill('SIGKILL')
  }
  const timer = setTimeout(leave, IDLE_MILLISECONDS)
  timer.unref()
  child.once('exit', leave)
  child.unref()
  child.channel?.unref()
  idle.push({ module, child, timer, leave })
}

function takeIdle(module: string): ChildProcess | undefined {
  const place = idle.findIndex((one) => one.module === module)
  const [taken] = idle.splice(place, place < 0 ? 0 : 1)
  if (taken === undefined) return undefined
  const { child, timer, leave } = taken
  clearTimeout(timer)
  child.off('exit', leave)
  child.ref()
  child.channel?.ref()
  return child
}
