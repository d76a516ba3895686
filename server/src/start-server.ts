/** Listens on the three ports: API with the console, wallet, counter; each its own origin; and on the one for metrics where there is one. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app.ts'
import { keepBatches } from './batches/keep-batches.ts'
import { demoIdentityProvider, demoStaffProvider } from './demo/demo-identity.ts'
import type { IdentityListener } from './demo/identity-listener.ts'
import { createFaceApp } from './face-app.ts'
import { listenForMetrics } from './metrics/metrics-listener.ts'
import { keepRates } from './rates/keep-rates.ts'
import { keepRecord } from './record/keep-record.ts'
import { keepRetention } from './retention/enforce-retention.ts'
import type { Services } from './services.ts'
import { clockDoubt } from './trust-data/clock-doubt.ts'
import { endingRoles } from './trust-data/ending-roles.ts'
import { keepPublished } from './trust-data/keep-published.ts'

/**
 * Connections that are kept alive stay so long after {@link RunningServer.close} was called. A request may be on
 * its way in one that looks idle; each answer says that it is the last, so no request is cut (promise O18).
 */
const LAST_ANSWER_MILLISECONDS = 500
/** Requests in flight may take this long after {@link RunningServer.close} was called. */
const CLOSE_MILLISECONDS = 10_000

/** Folders of the built faces. */
export interface FaceFolders {
  readonly wallet: string
  readonly counter: string
  readonly console: string
}

/** A server that is listening. */
export interface RunningServer {
  /** The port of the API as bound. */
  readonly port: number
  /** The port of the metrics as bound; absent where they are not served. */
  readonly metricsPort?: number
  /** Refuses new connections, asks clients to leave, lets requests in flight end, releases the ports and the database. */
  readonly close: () => Promise<void>
}

interface Face {
  readonly fetch: (request: Request, env: unknown) => Response | Promise<Response>
}

/** Starts listening; rejects when a port is taken. Without `faces` only the API is served. */
export async function startServer(options: {
  readonly services: Services
  readonly faces?: FaceFolders
  /** How long requests in flight may take once it closes. */
  readonly closeMilliseconds?: number
}): Promise<RunningServer> {
  const { services, faces, closeMilliseconds = CLOSE_MILLISECONDS } = options
  const { config } = services
  const servers: Server[] = []
  let isClosing = false
  const keepers = [
    keepRecord(services),
    keepBatches(services),
    keepRetention(services),
    keepRates(services),
    keepPublished(services),
  ]
  const open = async (app: Face, port: number, identity?: IdentityListener): Promise<number> => {
    const fetch: Face['fetch'] = async (request, env) => {
      const response = await app.fetch(request, env)
      // Else the client sends its next request into a connection that is about to end.
      if (isClosing) response.headers.set('Connection', 'close')
      return response
    }
    const server = await listen({ fetch }, { port, hostname: config.host, identity })
    servers.push(server)
    return boundPort(server)
  }
  const close = async (): Promise<void> => {
    isClosing = true
    await Promise.all([
      ...keepers.map((keeper) => keeper.close()),
      ...servers.map((server) => stop(server, closeMilliseconds)),
    ])
    await services.close()
  }
  try {
    const app = createApp(services, faces === undefined ? {} : { consoleFolder: faces.console })
    const port = await open(app, config.port, await identityOf(services))
    if (faces !== undefined) {
      const { apiOrigin, walletOrigin, counterOrigin, walletReaches } = config
      const wallet = createFaceApp({
        folder: faces.wallet,
        origin: walletOrigin,
        reaches: [apiOrigin, ...walletReaches],
      })
      const counter = createFaceApp({
        folder: faces.counter,
        origin: counterOrigin,
        reaches: [apiOrigin],
      })
      await open(wallet, config.walletPort)
      await open(counter, config.counterPort)
    }
    const metrics = config.metrics && (await listenForMetrics(services, config.metrics))
    if (metrics !== undefined) servers.push(metrics)
    services.log('server/listening', { port })
    for (const { role, expiresAt } of await endingRoles(services)) {
      services.log('trust/ends-soon', { role, expiresAt })
    }
    const doubt = await clockDoubt(services)
    if (doubt !== undefined) services.log('trust/clock-behind', { seconds: doubt.seconds })
    return { port, close, ...(metrics && { metricsPort: boundPort(metrics) }) }
  } catch (error) {
    await close()
    throw error
  }
}

async function listen(
  app: Face,
  place: {
    readonly port: number
    readonly hostname: string
    readonly identity: IdentityListener | undefined
  },
): Promise<Server> {
  const answer = getRequestListener((request, env) => app.fetch(request, env))
  // Plain HTTP/1.1: TLS and HTTP/2 are the reverse proxy's.
  const server = createServer((request, response) => {
    if (place.identity?.(request, response) !== true) void answer(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place.port, place.hostname, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return server
}

/** The demo's identity provider; an installation with another one, or none, never loads it. */
async function identityOf(services: Services): Promise<IdentityListener | undefined> {
  const { config, keys } = services
  const isHere = [demoIdentityProvider, demoStaffProvider].some((of) => of(config, keys))
  if (!isHere) return undefined
  const { identityListener } = await import('./demo/identity-listener.ts')
  return identityListener(services)
}

async function stop(server: Server, closeMilliseconds: number): Promise<void> {
  const sweep = setTimeout(() => server.closeIdleConnections(), LAST_ANSWER_MILLISECONDS)
  const timer = setTimeout(() => server.closeAllConnections(), closeMilliseconds)
  await new Promise<void>((resolve) => {
    // Of `net`: that of `http` would cut at once what looks idle.
    NetServer.prototype.close.call(server, () => resolve())
  })
  clearTimeout(sweep)
  clearTimeout(timer)
}

function boundPort(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('server: not listening')
  return address.port
}
