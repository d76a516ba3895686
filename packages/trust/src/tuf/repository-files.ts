/** Signed metadata and targets under the names at which clients look for them (TUF §3.1, §6.2). */
import { fault } from '@onetrip/codec'
import { describeMetadata, describeTarget } from './draft-metadata.ts'
import { parseEnvelope } from './envelope.ts'
import { MAX_ROOT_BYTES } from './limits.ts'
import { parseRoot } from './parse-root.ts'
import { roleFileName, targetFilePath } from './role-names.ts'

/** A repository's files. */
export interface RepositoryFiles {
  /** By file name, as `TufFetcher.metadata` asks for them. */
  readonly metadata: ReadonlyMap<string, Uint8Array>
  /** By path, as `TufFetcher.target` asks for them. */
  readonly targets: ReadonlyMap<string, Uint8Array>
}

/**
 * Names a repository's current files: all root files (§6.2.1 wants every released one), the newest also as `root.json`;
 * with versions and hashes in front of the names when that root says so. Throws `trust/format` without a root, and as
 * the parser.
 */
export function repositoryFiles(options: {
  /** In the order of their versions. */
  readonly roots: readonly Uint8Array[]
  readonly timestamp: Uint8Array
  readonly snapshot: Uint8Array
  /** By role name, `targets` among them. */
  readonly targetsRoles: ReadonlyMap<string, Uint8Array>
  /** Targets by path. */
  readonly targets: ReadonlyMap<string, Uint8Array>
}): RepositoryFiles {
  const { roots, timestamp, snapshot, targetsRoles, targets } = options
  const newest = roots.at(-1)
  if (newest === undefined) throw fault('trust/format')
  const { consistentSnapshot } = parseRoot(parseEnvelope(newest, MAX_ROOT_BYTES).signed)
  const metadata = new Map([
    [roleFileName('root'), newest],
    [roleFileName('timestamp'), timestamp],
  ])
  for (const root of roots) metadata.set(roleFileName('root', versionOf(root)), root)
  for (const [role, bytes] of [['snapshot', snapshot] as const, ...targetsRoles]) {
    metadata.set(roleFileName(role, consistentSnapshot ? versionOf(bytes) : undefined), bytes)
  }
  const files = new Map<string, Uint8Array>()
  for (const [path, bytes] of targets) {
    const digest = consistentSnapshot ? describeTarget(bytes).sha256 : undefined
    files.set(targetFilePath(path, digest), bytes)
  }
  return { metadata, targets: files }
}

function versionOf(bytes: Uint8Array): number {
  return describeMetadata(bytes).version
}
