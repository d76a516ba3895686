/** The wallet's trust data: opened from what is stored, brought up to date when the network allows. */
import type { PublicKey } from '@onetrip/codec'
import { openKeptTrust, type Trust, updateTrust } from '@onetrip/trust'
import { fetchBytes, type Http } from './bounded-fetch.ts'
import type { StoredTrust } from './wallet-store.ts'

const LIST_PATH = '/trust/list'
const TIMEOUT_MS = 15_000
/** Status lists in the CWT form; a trust list is a JWS. */
const ACCEPT = 'application/statuslist+cwt, application/jose;q=0.9, */*;q=0.1'

/** Whose trust data, and where they are. */
export interface TrustSource {
  readonly apiOrigin: string
  readonly root: PublicKey
  readonly environment: string
}

/** Trust data in use. */
export interface TrustInUse {
  readonly trust: Trust
  readonly stored: StoredTrust
}

/** How an update ended: everything, all but some lists, or nothing came. */
export type UpdateOutcome = 'done' | 'partly' | 'failed'

/** Opens stored trust data without a network; undefined when nothing usable is stored. */
export async function openStoredTrust(
  source: TrustSource,
  stored: StoredTrust | undefined,
): Promise<TrustInUse | undefined> {
  if (stored === undefined) {
    return undefined
  }
  try {
    const { root, environment } = source
    return { trust: await openKeptTrust({ kept: stored.kept, root, environment }), stored }
  } catch {
    // Signed for another root or environment, or damaged: as good as none, the next update replaces it.
    return undefined
  }
}

/**
 * Fetches what is newer and says how that went; what was in use stays in use when nothing came.
 * Throws the reason only when there is no trust data at all.
 */
export async function refreshTrust(options: {
  readonly source: TrustSource
  readonly current: TrustInUse | undefined
  /** Unix seconds. */
  readonly now: number
  readonly http: Http
}): Promise<{ readonly inUse: TrustInUse; readonly outcome: UpdateOutcome }> {
  const { source, current, now, http } = options
  const { root, environment, apiOrigin } = source
  const { kept, trust, faults } = await updateTrust({
    kept: current?.stored.kept,
    fetcher: (url, { maxBytes }) =>
      fetchBytes(http, {
        url,
        method: 'GET',
        headers: { accept: ACCEPT },
        maxBytes,
        timeoutMs: TIMEOUT_MS,
      }),
    listUrl: `${apiOrigin}${LIST_PATH}`,
    root,
    environment,
    now,
  })
  const failed = faults.some(({ uri }) => uri === undefined)
  const updatedAt = failed ? (current?.stored.updatedAt ?? now) : now
  const outcome = failed ? 'failed' : faults.length > 0 ? 'partly' : 'done'
  return { inUse: { trust, stored: { kept, updatedAt } }, outcome }
}
