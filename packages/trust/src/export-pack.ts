/** A pack of what a client keeps, by which a counter that is up to date passes its trust data on. */
import { Fault, fault } from '@onetrip/codec'
import { deflateZlib } from '@onetrip/status'
import {
  checkpointPaths,
  neededTargets,
  readRecognitions,
  recognisedStore,
  registerPaths,
} from './open-trust.ts'
import { buildPack, MAX_PACK_BYTES, parsePackIndex } from './pack.ts'
import { LOG_ROLE } from './target-names.ts'
import { fetchTarget, findTarget } from './tuf/fetch-target.ts'
import { roleFileName, targetFilePath } from './tuf/role-names.ts'
import { settle, type TufStore } from './tuf/store-and-fetcher.ts'
import { openTrustedSet, type TufSet } from './tuf/trusted-set.ts'

const DENIALS = /(?:^|\/)targets\/deny\//

/** What {@link exportPack} needs. */
export interface ExportOptions {
  readonly store: TufStore
  readonly initialRoot: Uint8Array
  /** Snapshot version that the receiver has, with the members that it therefore does not need. */
  readonly base?: { readonly version: number; readonly has: (path: string) => boolean } | undefined
  /** Bytes beyond which recognised jurisdictions stay out, the largest first; what a pack may have, unless said. */
  readonly maxBytes?: number
}

/**
 * Packs the kept repository and those of recognised jurisdictions: all roots that are kept, the metadata, and the targets
 * that verifiers use (status lists in CWT form only, seal registers, checkpoints). A jurisdiction with which the pack would be larger than anybody takes
 * stays out of it. Throws `pack/not-current` when a part of what the snapshot names is missing, so that nobody could import
 * it; `trust/unavailable` when nothing is kept.
 */
export async function exportPack(options: ExportOptions): Promise<Uint8Array> {
  const { store, initialRoot, base, maxBytes = MAX_PACK_BYTES } = options
  const own = await openTrustedSet({ store, initialRoot })
  const files = await keptFiles({ store, set: own.set })
  const foreign = await recognisedFiles(store, own.set)
  for (let taken = foreign.length; ; taken -= 1) {
    const all = [...files, ...foreign.slice(0, taken).flatMap((of) => [...of])]
    const isNeeded = (path: string): boolean => base === undefined || !base.has(path)
    // Denials are small and go into every pack: a receiver newer than the base need not have a content that came back.
    const needed = new Map(all.filter(([path]) => DENIALS.test(path) || isNeeded(path)))
    const pack = buildPack({ files: needed, base: base?.version, deflate: deflateZlib })
    if (taken === 0 || (pack.length <= maxBytes && isTaken(pack))) return pack
  }
}

/** The files of each recognised jurisdiction that is kept, by their paths in the pack; the smallest jurisdiction first. */
async function recognisedFiles(
  store: TufStore,
  set: TufSet,
): Promise<readonly ReadonlyMap<string, Uint8Array>[]> {
  const read = (path: string): Promise<Uint8Array> => fetchTarget({ set, store }, path)
  const recognised = await settle(() => readRecognitions(read))
  const found: Map<string, Uint8Array>[] = []
  for (const { recognition, initialRoot: root } of 'value' in recognised ? recognised.value : []) {
    const foreign = { store: recognisedStore(store, recognition), initialRoot: root }
    const opened = await settle(() => openTrustedSet(foreign))
    if ('code' in opened || opened.value.set.targets === undefined) continue
    // One that is kept in part stays out, and hinders nobody.
    const kept = await settle(() => keptFiles({ store: foreign.store, set: opened.value.set }))
    if ('code' in kept) continue
    found.push(
      new Map(
        [...kept.value].map(([path, bytes]) => [`recognised/${recognition.id}/${path}`, bytes]),
      ),
    )
  }
  return found.sort((one, other) => bytesOf(one) - bytesOf(other))
}

function bytesOf(files: ReadonlyMap<string, Uint8Array>): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0)
}

function isTaken(pack: Uint8Array): boolean {
  try {
    parsePackIndex(pack, pack.length)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/**
 * A repository's files as kept, by their paths `metadata/…` and `targets/…`. Throws `trust/unavailable`, and
 * `pack/not-current` when a part of what the snapshot names is missing.
 */
export async function keptFiles(options: {
  readonly store: TufStore
  readonly set: TufSet
}): Promise<ReadonlyMap<string, Uint8Array>> {
  const { store, set } = options
  const { root, timestamp, snapshot, targets, delegated } = set
  if (timestamp === undefined || snapshot === undefined || targets === undefined) {
    throw fault('trust/unavailable')
  }
  const { consistentSnapshot } = root.signed
  const files = new Map([[`metadata/${roleFileName('timestamp')}`, timestamp.bytes]])
  const add = (role: string, file: { bytes: Uint8Array; signed: { version: number } }): void => {
    const version = consistentSnapshot ? file.signed.version : undefined
    files.set(`metadata/${roleFileName(role, version)}`, file.bytes)
  }
  for (let version = 1; version <= root.signed.version; version += 1) {
    const name = roleFileName('root', version)
    const kept = version === root.signed.version ? root.bytes : await store.load(name)
    if (kept !== undefined) files.set(`metadata/${name}`, kept)
  }
  add('snapshot', snapshot)
  for (const [name, { version }] of snapshot.signed.meta) {
    const role = name.slice(0, -'.json'.length)
    const file = role === 'targets' ? targets : delegated.get(role)
    // Checkpoints that could not be had or used hinder nobody: the receiver goes on with those before, as we do.
    if (role === LOG_ROLE && file?.signed.version !== version) continue
    if (file?.signed.version !== version) throw fault('pack/not-current')
    add(role, file)
  }
  const addTarget = async (path: string): Promise<void> => {
    const { target } = await findTarget({ set, store }, path)
    const digest = consistentSnapshot ? target.sha256 : undefined
    files.set(`targets/${targetFilePath(path, digest)}`, await fetchTarget({ set, store }, path))
  }
  for (const path of neededTargets(set)) await addTarget(path)
  // A register that could not be had is missing here as well, and hinders nobody; checkpoints are as these.
  for (const path of [...registerPaths(set), ...checkpointPaths(set)])
    await settle(() => addTarget(path))
  return files
}
