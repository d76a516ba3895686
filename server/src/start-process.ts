/**
 * A process of this server's own, for what may not stand in its way or share its memory. A thread would be no such place: what V8 aborts at in
 * a thread ends the whole server (nodejs/node#64500).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'

const MAX_HEAP_MEGABYTES = 512
/** Where Node keeps what it compiled, if it does: all of the environment that such a process has. */
const CACHE = 'NODE_COMPILE_CACHE'
const ANSWER = v.object({ message: v.unknown() })

/** What such a process answered. */
export interface ProcessAnswer {
  readonly message: unknown
}

/** Starts a module that answers orders (`answer-orders.ts`), with 512 MB and nothing of the environment. */
export function startProcess(module: URL): ChildProcess {
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

/** The answer to `order`, one order at a time; nothing when the process fails or is ended. */
export async function askProcess(
  child: ChildProcess,
  order: unknown,
): Promise<ProcessAnswer | undefined> {
  const { promise, resolve } = Promise.withResolvers<ProcessAnswer | undefined>()
  const hear = (sent: unknown): void => {
    const answer = v.safeParse(ANSWER, sent)
    resolve(answer.success ? answer.output : undefined)
  }
  const fail = (): void => resolve(undefined)
  child.on('message', hear).on('error', fail).on('exit', fail)
  try {
    child.send({ order }, (error) => {
      if (error !== null) fail()
    })
    return await promise
  } finally {
    child.off('message', hear).off('error', fail).off('exit', fail)
  }
}

/** The process keeps its server from no end. */
export function letGo(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}

/** The server waits for the process again. */
export function holdOn(child: ChildProcess): void {
  child.ref()
  child.channel?.ref()
}
