/**
 * Fetching another jurisdiction's trust repository: only below the address that our signed recognition list states, with a
 * size cap, a deadline, and no redirects (cases ST09, TR07, T11).
 */
import type { TufFetcher } from '@onetrip/trust'
import { readCapped } from '../http/read-capped.ts'

const DEADLINE_MILLISECONDS = 15_000

/** Fetches below `repository`, an `http(s)` address that ends in `/`. */
export function remoteRepository(repository: string): TufFetcher {
  return {
    metadata: (name, { maxBytes }) =>
      fetchBelow({ repository, path: `metadata/${name}`, maxBytes }),
    target: (path, { maxBytes }) => {
      const encoded = path.split('/').map(encodeURIComponent).join('/')
      return fetchBelow({ repository, path: `targets/${encoded}`, maxBytes })
    },
  }
}

async function fetchBelow(options: {
  readonly repository: string
  readonly path: string
  readonly maxBytes: number
}): Promise<Uint8Array | undefined> {
  const { repository, path, maxBytes } = options
  const address = new URL(path, repository).href
  if (!address.startsWith(new URL(repository).href)) throw new TypeError('outside the repository')
  const response = await fetch(address, {
    redirect: 'error',
    credentials: 'omit',
    signal: AbortSignal.timeout(DEADLINE_MILLISECONDS),
  })
  if (response.status === 200 && response.body !== null) return readCapped(response.body, maxBytes)
  await response.body?.cancel()
  if (response.status === 404) return undefined
  throw new TypeError('not available')
}
