/** The other end of `start-process.ts`: one order after the other, one answer to each. */
import process from 'node:process'
import { Worker } from 'node:worker_threads'
import * as v from 'valibot'

const SENT = v.object({ order: v.unknown() })
/** In a thread, as nothing else runs while a file is read: whoever has another parent than at first has lost its server. */
const WATCH = `
const { workerData } = require('node:worker_threads')
setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL')
}, 1000)
`

/**
 * Answers the orders of this process; it ends with the first that `answer` throws at, and with the server that asks, also where that is killed
 * while an order takes long. Signals it leaves to the server: a terminal and systemd send them to all processes, and what is in flight has its time.
 */
export function answerOrders(answer: (order: unknown) => unknown): void {
  new Worker(WATCH, { eval: true, workerData: process.ppid }).unref()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
  process.on('disconnect', () => process.exit())
  process.on('message', async (sent) => {
    const { order } = v.parse(SENT, sent)
    process.send?.({ message: await answer(order) })
  })
}
