/** A pack as trust data that are opened for one verdict. */
import { followTrust } from './follow-trust.ts'
import type { TrustRoot } from './open-trust.ts'
import type { PackSource } from './pack.ts'
import { packFetcherFor } from './pack-base.ts'
import type { Trust } from './trust.ts'
import { memoryTufStore } from './tuf/store-and-fetcher.ts'

/**
 * Opens a pack for judging by it at any time: nothing is judged by its expiry, the verdict tells its age. Throws as
 * `followTrust` and `packFetcher`; `pack/base-missing` for one that builds on another.
 */
export async function openPack(
  options: TrustRoot & { readonly source: PackSource },
): Promise<Trust> {
  const store = memoryTufStore()
  const fetcher = await packFetcherFor({ ...options, store })
  return followTrust({ ...options, store, fetcher, now: 0 })
}
