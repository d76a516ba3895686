/** The repository as one file for verifiers without a network: whole, or without what they are known to have. */
import { Fault } from '@onetrip/codec'
import {
  counterMember,
  exportPack,
  followTrust,
  memoryTufStore,
  openRoot,
  openSnapshot,
  roleFileName,
  type TrustFetcher,
  type TufSnapshot,
  targetFilePath,
  withMember,
} from '@onetrip/trust'
import { certificateFor } from '../enrolment/collect-certificate.ts'
import type { Services } from '../services.ts'
import { mirrorFetcher, mirrorStamp } from './mirror.ts'
import { currentRoot, firstRoot } from './offline-roles.ts'
import { publishRepository } from './publish-repository.ts'
import type { Published } from './published.ts'
import { bodyOf, metadataVersion } from './repository-rows.ts'
import { metadataFile, targetFile } from './serve-repository.ts'
import { targetsIn } from './signed-document.ts'

/**
 * The pack of the present repository; made by the same client that verifies it elsewhere, so what could not be imported is
 * not given out. With `base`, the snapshot version that the receiver has, it leaves out what that snapshot named; a base
 * that is not known any more gives the whole pack.
 */
export async function publishedPack(services: Services, base?: number): Promise<Published> {
  const { version } = await publishRepository(services)
  const known = base === undefined ? undefined : await membersOf(services, base)
  // Whoever makes up bases gets one and the same pack.
  if (base !== undefined && known === undefined) return publishedPack(services)
  const name = `trust/pack/${base ?? ''}`
  const stamp = `${version} ${await mirrorStamp(services)}`
  const kept = services.published.find(name, stamp)
  if (kept !== undefined) return kept
  const store = memoryTufStore()
  // A receiver may have any root since the first, and needs each one after it (TUF §5.3.3).
  const initialRoot = await firstRoot(services)
  const { environment } = services.config
  const fetcher = ownFetcher(services)
  await followTrust({ store, fetcher, environment, initialRoot, now: services.now() })
  const pack = await exportPack({
    store,
    initialRoot,
    ...(base === undefined || known === undefined
      ? {}
      : { base: { version: base, has: (path) => known.has(path) } }),
  })
  return services.published.keep(name, stamp, pack)
}

/** The same pack with the certificate of a counter, by the thumbprint of its key. Throws as `certificateFor`. */
export async function packForCounter(
  services: Services,
  options: { readonly thumbprint: string; readonly base: number | undefined },
): Promise<Uint8Array> {
  const { thumbprint, base } = options
  const certificate = await certificateFor(services, thumbprint)
  const { body } = await publishedPack(services, base)
  return withMember(body, counterMember(thumbprint), certificate)
}

function ownFetcher(services: Services): TrustFetcher {
  const own = {
    metadata: (name: string) => orMissing(async () => (await metadataFile(services, name)).body),
    target: (path: string) => orMissing(async () => (await targetFile(services, path)).body),
  }
  return { ...own, recognised: (id) => mirrorFetcher(services, id) }
}

async function orMissing(work: () => Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault && error.code === 'http/not-found') return undefined
    throw error
  }
}

/** Member paths of what a snapshot named; undefined when it is not known any more, or its key is not the present one. */
async function membersOf(
  services: Services,
  snapshotVersion: number,
): Promise<ReadonlySet<string> | undefined> {
  const snapshot = await openOwnSnapshot(services, snapshotVersion)
  if (snapshot === undefined) return undefined
  const members = new Set<string>()
  for (const [name, { version }] of snapshot.meta) {
    const role = name.slice(0, -'.json'.length)
    members.add(`metadata/${roleFileName(role, version)}`)
    const row = await metadataVersion(services.storage, { role, version })
    if (row === undefined) continue
    for (const [path, { sha256 }] of targetsIn(bodyOf(row))) {
      members.add(`targets/${targetFilePath(path, sha256)}`)
    }
  }
  return members
}

async function openOwnSnapshot(
  services: Services,
  version: number,
): Promise<TufSnapshot | undefined> {
  const row = await metadataVersion(services.storage, { role: 'snapshot', version })
  if (row === undefined) return undefined
  const root = await openRoot(await currentRoot(services))
  try {
    return (await openSnapshot(bodyOf(row), root.signed)).signed
  } catch (error) {
    // Whoever had it forgets it with the root that took its key away (TUF §5.3.11).
    if (error instanceof Fault && error.code === 'trust/threshold') return undefined
    throw error
  }
}
