/** For tests: a verifier that follows a world's trust repository over its HTTP routes. */
import {
  followTrust,
  memoryTufStore,
  type Trust,
  type TrustFetcher,
  type TufStore,
} from '@onetrip/trust'
import { currentRoot } from '../src/trust-data/offline-roles.ts'
import type { World } from './test-world.ts'

/** A verifier with a store of its own. */
export interface Follower {
  readonly store: TufStore
  /** Brings its trust data up to date from the world, at the world's time unless said. */
  readonly follow: (world: Pick<World, 'app' | 'services'>, now?: number) => Promise<Trust>
}

/** Makes a verifier that has nothing yet. */
export function follower(): Follower {
  const store = memoryTufStore()
  return {
    store,
    follow: async ({ app, services }, now = services.now()) =>
      followTrust({
        store,
        fetcher: repositoryFetcher(async (path) => app.request(path)),
        environment: services.config.environment,
        initialRoot: await currentRoot(services),
        now,
      }),
  }
}

/** Files of a repository by the paths of its HTTP routes; what is neither there nor missing is an error. */
export function repositoryFetcher(ask: (path: string) => Promise<Response>): TrustFetcher {
  const get = async (path: string): Promise<Uint8Array | undefined> => {
    const response = await ask(path)
    if (response.status === 404) return undefined
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
  const nothing = async (): Promise<undefined> => undefined
  return {
    metadata: (name) => get(`/trust/metadata/${name}`),
    target: (path) => get(`/trust/targets/${path}`),
    recognised: () => ({ metadata: nothing, target: nothing }),
  }
}
