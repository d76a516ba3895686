/** Serves a built face on its own port, without the API: what a later release looks like to a browser. */
import { createServer, type Server } from 'node:http'
import { createFaceApp } from '@onetrip/server'

/** Starts serving the build in `folder` at `origin`. */
export async function serveFace(options: {
  readonly folder: string
  readonly origin: string
  readonly reaches: readonly string[]
}): Promise<Server> {
  const app = createFaceApp(options)
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url ?? '/', options.origin)
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string') headers.set(name, value)
    }
    const response = await app.fetch(new Request(url, { headers }))
    answer.writeHead(response.status, Object.fromEntries(response.headers))
    answer.end(Buffer.from(await response.arrayBuffer()))
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(Number(new URL(options.origin).port), 'localhost', done)
  })
  return server
}
