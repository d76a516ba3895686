/** What of the trust data waits for people with offline keys: the server can say so, and sign none of it. */
import { describeTarget, readDraft } from '@onetrip/trust'
import type { Services } from '../services.ts'
import { type EndingRole, endingRoles } from './ending-roles.ts'
import { bodyOf, newestMetadata } from './repository-rows.ts'
import { trustDocuments } from './trust-documents.ts'
import { type OnlineRole, rolesWithOlderKeys } from './trust-keys.ts'

/** Documents that an answer names; a change of more is told by their number. */
const MAX_NAMED = 20

/** What waits. */
export interface OfflineState {
  /** A demonstration plays those people itself, at the next publication. */
  readonly signsItself: boolean
  /** Version of the root in force; null while there is none. */
  readonly root: number | null
  /** Version of the targets in force; null while there are none. */
  readonly targets: number | null
  /** Paths of the first documents that are not as the targets in force have them. */
  readonly changed: readonly string[]
  /** How many there are. */
  readonly changedCount: number
  /** Roles that people have to sign anew before long. */
  readonly ending: readonly EndingRole[]
  /** Roles that sign with keys of before the last renewal. */
  readonly olderKeys: readonly OnlineRole[]
}

/** Compares the database with what people signed last; the number of its reads does not grow with agencies. */
export async function offlineState(services: Services): Promise<OfflineState> {
  const { storage, config } = services
  const root = await newestMetadata(storage, 'root')
  const targets = await newestMetadata(storage, 'targets')
  const signed = targets === undefined ? new Map() : signedTargets(bodyOf(targets))
  const { documents } = await trustDocuments(services)
  const differs = [...documents]
    .filter(([path, bytes]) => signed.get(path) !== describeTarget(bytes).sha256)
    .map(([path]) => path)
  const changed = [...differs, ...[...signed.keys()].filter((path) => !documents.has(path))].sort()
  return {
    signsItself: config.mode === 'demo',
    root: root?.version ?? null,
    targets: targets?.version ?? null,
    changed: changed.slice(0, MAX_NAMED),
    changedCount: changed.length,
    ending: await endingRoles(services),
    olderKeys: await rolesWithOlderKeys(services),
  }
}

/** SHA-256 of each document that the targets name, in hexadecimal. */
function signedTargets(bytes: Uint8Array): ReadonlyMap<string, string> {
  const { role, signed } = readDraft(bytes)
  if (role !== 'targets') return new Map()
  return new Map([...signed.targets].map(([path, { sha256 }]) => [path, sha256]))
}
