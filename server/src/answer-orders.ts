/** The other end of `start-process.ts`: one order after the other, one answer to each. */
import process from 'node:process'
import * as v from 'valibot'

const SENT = v.object({ order: v.unknown() })

/**
 * Answers the orders of this process; it ends with the first that `answer` throws at, and with the server that asks. Signals it leaves to the
 * server: a terminal and systemd send them to all processes, and what is in flight has its time.
 */
export function answerOrders(answer: (order: unknown) => unknown): void {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
  process.on('disconnect', () => process.exit())
  process.on('message', async (sent) => {
    const { order } = v.parse(SENT, sent)
    process.send?.({ message: await answer(order) })
  })
}
