/** A pack as the place where the client's files come from. */
import { Fault, fault } from '@onetrip/codec'
import { inflateZlib } from '@onetrip/status'
import type { TrustFetcher } from './follow-trust.ts'
import { type PackIndex, type PackMember, type PackSource, readPackIndex } from './pack.ts'
import type { TufFetcher } from './tuf/store-and-fetcher.ts'

/** Fetches from a pack. Throws as `readPackIndex`; a member that does not inflate is `pack/member`. */
export async function packFetcher(source: PackSource): Promise<TrustFetcher> {
  const index = await readPackIndex(source)
  return {
    ...folderOf({ source, index, prefix: '' }),
    recognised: (id) => folderOf({ source, index, prefix: `recognised/${id}/` }),
  }
}

/**
 * A member of a pack that no metadata name, and that nothing vouches for but what it says itself; undefined when it is not
 * there. Throws as `readPackIndex`, `trust/too-large`, `pack/member`.
 */
export async function packMember(
  source: PackSource,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const member = (await readPackIndex(source)).members.get(path)
  if (member === undefined) return undefined
  if (member.rawBytes > maxBytes) throw fault('trust/too-large')
  return readMember(source, member)
}

function folderOf(options: {
  readonly source: PackSource
  readonly index: PackIndex
  readonly prefix: string
}): TufFetcher {
  const { source, index, prefix } = options
  const find = async (
    path: string,
    { maxBytes }: { readonly maxBytes: number },
  ): Promise<Uint8Array | undefined> => {
    const member = index.members.get(prefix + path)
    if (member === undefined) return undefined
    if (member.rawBytes > maxBytes) throw fault('trust/too-large')
    return readMember(source, member)
  }
  return {
    metadata: (name, limits) => find(`metadata/${name}`, limits),
    target: (path, limits) => find(`targets/${path}`, limits),
  }
}

async function readMember(source: PackSource, member: PackMember): Promise<Uint8Array> {
  const { start, storedBytes, rawBytes } = member
  const stored = await source.read(start, start + storedBytes)
  if (stored.length !== storedBytes) throw fault('pack/truncated')
  // A copy: what is kept must not hold on to the whole pack.
  if (storedBytes === rawBytes) return stored.slice()
  const raw = inflateMember(stored, rawBytes)
  if (raw.length !== rawBytes) throw fault('pack/member')
  return raw
}

function inflateMember(stored: Uint8Array, rawBytes: number): Uint8Array {
  try {
    return inflateZlib(stored, rawBytes)
  } catch (error) {
    throw error instanceof Fault ? fault('pack/member') : error
  }
}
