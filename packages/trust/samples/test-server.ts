/** An HTTP server of a test, on a port of its own. */
import { createServer, type RequestListener } from 'node:http'

/** A server that listens. */
export interface TestServer {
  readonly origin: string
  /** Ends it with the connections that are open. */
  close(): void
}

/** Listens on the loopback address. */
export async function listen(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
