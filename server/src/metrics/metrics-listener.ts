/** Serves the metrics on a port of their own, which no proxy leads to: they say how busy an office is. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Services } from '../services.ts'
import { METRICS_TYPE } from './metrics.ts'
import { readStoredState, type StoredState } from './stored-state.ts'

/** Counting rows costs the database something: however often somebody asks, it is done this often. */
const STATE_SECONDS = 10
const REQUEST_MILLISECONDS = 10_000

/** Listens; rejects where the port is taken. */
export async function listenForMetrics(
  services: Services,
  place: { readonly host: string; readonly port: number },
): Promise<Server> {
  const state = keptState(services)
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return end(response, 404, 'metrics are at /metrics\n')
    if (request.method !== 'GET') return end(response, 405, 'GET only\n')
    void state()
      .then((read) => services.metrics.write(read, services))
      .then(
        (text) => end(response, 200, text),
        () => end(response, 500, 'no metrics\n'),
      )
  })
  server.requestTimeout = REQUEST_MILLISECONDS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place.port, place.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  services.metrics.watchProcess()
  return server
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': METRICS_TYPE, 'Cache-Control': 'no-store' })
  response.end(text)
}

/** What was read last, while it is fresh; undefined where the database does not answer. */
function keptState(services: Services): () => Promise<StoredState | undefined> {
  let kept: { readonly at: number; readonly state: Promise<StoredState | undefined> } | undefined
  return () => {
    if (kept === undefined || services.now() - kept.at >= STATE_SECONDS) {
      kept = { at: services.now(), state: readStoredState(services).catch(() => undefined) }
    }
    return kept.state
  }
}
