/** Listens for a witness: plain HTTP/1.1, as TLS is a reverse proxy's. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createWitness, type WitnessParts, type WitnessReply } from './witness.ts'
import { createWitnessApp } from './witness-app.ts'

/** Nobody needs longer to send a checkpoint. */
const REQUEST_MILLISECONDS = 10_000

/** A witness that is listening. */
export interface RunningWitness {
  /** The port as bound. */
  readonly port: number
  /** Refuses new connections, lets requests in flight end, closes the state. */
  readonly close: () => Promise<void>
}

/** Starts listening; rejects when the port is taken. */
export async function startWitness(
  parts: WitnessParts,
  place: {
    readonly host: string
    readonly port: number
    readonly onReply?: (reply: WitnessReply) => void
  },
): Promise<RunningWitness> {
  const app = createWitnessApp(createWitness(parts), place.onReply ?? (() => {}))
  const server = createServer(getRequestListener(app.fetch))
  server.requestTimeout = REQUEST_MILLISECONDS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place.port, place.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('witness: not listening')
  return {
    port: address.port,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      })
      parts.state.close()
    },
  }
}
