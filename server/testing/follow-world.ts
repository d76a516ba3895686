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
  readonly follow: (world: World, now?: number) => Promise<Trust>
}

/** Makes a verifier that has nothing yet. */
export function follower(): Follower {
  const store = memoryTufStore()
  return {
    store,
    follow: async (world, now = world.services.now()) =>
      followTrust({
        store,
        fetcher: fetcherOf(world),
        environment: world.services.config.environment,
        initialRoot: await currentRoot(world.services),
        now,
      }),
  }
}

function fetcherOf({ app }: World): TrustFetcher {
  const get = async (path: string): Promise<Uint8Array | undefined> => {
    const response = await app.request(path)
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
