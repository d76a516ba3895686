/** A time-stamper that listens on a port of this machine and answers, or lies, as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers one query. */
export type TsaBehaviour = (query: Uint8Array, response: ServerResponse) => void | Promise<void>

/** The listening server. */
export interface TsaServer {
  readonly url: string
  /** How many queries came. */
  readonly asked: () => number
  readonly behave: (behaviour: TsaBehaviour) => void
  readonly close: () => Promise<void>
}

/** Starts it; it answers as `behaviour` does until told otherwise. */
export async function startTsaServer(behaviour: TsaBehaviour): Promise<TsaServer> {
  let current = behaviour
  let count = 0
  const server = createServer((request, response) => {
    count += 1
    void read(request).then((query) => current(query, response))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('not listening')
  return {
    url: `http://127.0.0.1:${address.port}/tsr`,
    asked: () => count,
    behave: (next) => {
      current = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}

/** Answers as RFC 3161 §3.4 has it. */
export function reply(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' }).end(bytes)
}

async function read(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}
