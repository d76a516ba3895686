/** Our own published trust data, opened as every verifier opens them: what the server itself verifies licences by. */
import { openPack, packInMemory, type Trust } from '@onetrip/trust'
import type { Services } from '../services.ts'
import { firstRoot } from './offline-roles.ts'
import { publishedPack } from './publish-pack.ts'

/** What was opened last, and from which pack. */
export interface TrustMemory {
  current?: { readonly hash: string; readonly trust: Promise<Trust> }
}

/** The trust data as they are published now; opened once for the same pack. Throws as `publishRepository`. */
export async function publishedTrust(services: Services): Promise<Trust> {
  const { ownTrust } = services
  const { body, hash } = await publishedPack(services)
  if (ownTrust.current?.hash === hash) return ownTrust.current.trust
  const initialRoot = await firstRoot(services)
  const { environment } = services.config
  const trust = openPack({ source: packInMemory(body), initialRoot, environment })
  ownTrust.current = { hash, trust }
  return trust
}
