/** The thread's end of `run-in-thread.ts`: one order after the other, one answer to each. */
import { parentPort } from 'node:worker_threads'

/** Answers the orders of this thread; it ends with the first that `answer` throws at. */
export function answerOrders(answer: (order: unknown) => unknown): void {
  parentPort?.on('message', async (order) => {
    parentPort?.postMessage(await answer(order))
  })
}
