/** Packs that build on what their receiver has: what they may leave out, and whether a receiver has it. */
import { fault } from '@onetrip/codec'
import type { ExportOptions } from './export-pack.ts'
import type { TrustFetcher } from './follow-trust.ts'
import { type PackIndex, type PackSource, readPackIndex } from './pack.ts'
import { packFetcher } from './pack-fetcher.ts'
import type { TufFetcher, TufStore } from './tuf/store-and-fetcher.ts'
import { openTrustedSet } from './tuf/trusted-set.ts'

const SNAPSHOT = /^metadata\/([1-9][0-9]{0,9})\.snapshot\.json$/
const FIXED = /(?:^|\/)(?:metadata\/[1-9][0-9]*\.[^/]+|targets\/(?:[^/]+\/)*[0-9a-f]{64}\.[^/]+)$/

/** Whether a file's path names its version or its content, so that it stands for the same bytes for ever. */
export function isFixedFile(path: string): boolean {
  return FIXED.test(path)
}

/** The snapshot version of our own repository that a pack brings; undefined when it has none. */
export function snapshotVersionOf({ members }: PackIndex): number | undefined {
  for (const path of members.keys()) {
    const version = SNAPSHOT.exec(path)?.[1]
    if (version !== undefined) return Number(version)
  }
  return undefined
}

/** What a pack for somebody who has imported another may leave out. Throws `pack/format` when that brings no snapshot. */
export function packBase(index: PackIndex): NonNullable<ExportOptions['base']> {
  const version = snapshotVersionOf(index)
  if (version === undefined) throw fault('pack/format')
  return { version, has: (path) => index.members.has(path) && isFixedFile(path) }
}

/**
 * Fetches from a pack that is about to be imported into a store. Throws as `packFetcher`, and `pack/base-missing` when
 * the pack builds on a version that is newer than what the store has. A target that such a pack leaves out is
 * `pack/base-missing` too: a receiver newer than the base need not have a content that came back since.
 */
export async function packFetcherFor(options: {
  readonly source: PackSource
  readonly store: TufStore
  readonly initialRoot: Uint8Array
}): Promise<TrustFetcher> {
  const { source, store, initialRoot } = options
  const { base } = await readPackIndex(source)
  const fetcher = await packFetcher(source)
  if (base === undefined) return fetcher
  const { set } = await openTrustedSet({ store, initialRoot })
  if ((set.snapshot?.signed.version ?? 0) < base) throw fault('pack/base-missing')
  return {
    ...needingBase(fetcher),
    recognised: (id) => needingBase(fetcher.recognised(id)),
  }
}

function needingBase({ metadata, target }: TufFetcher): TufFetcher {
  return {
    metadata,
    target: async (path, limits) => {
      const bytes = await target(path, limits)
      if (bytes === undefined) throw fault('pack/base-missing')
      return bytes
    },
  }
}
