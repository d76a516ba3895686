/** The other end of `run-in-process.ts`: one order after the other, one answer to each. */
import process from 'node:process'
import * as v from 'valibot'

const SENT = v.object({ order: v.unknown() })

/** Answers the orders of this process; it ends with the first that `answer` throws at, and with the process that asks. */
export function answerOrders(answer: (order: unknown) => unknown): void {
  process.on('message', async (sent) => {
    const { order } = v.parse(SENT, sent)
    process.send?.({ message: await answer(order) })
  })
}
