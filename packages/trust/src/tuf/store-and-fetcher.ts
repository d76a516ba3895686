/** Where metadata and targets are kept and where they come from: the only two things a client touches. */
import { type ErrorCode, Fault, fault } from '@onetrip/codec'

/**
 * What a client keeps. Names: `root.json`, `timestamp.json`, `snapshot.json`, `targets.json`, `ROLE.json`, and targets
 * by content, `sha256-HEX`.
 */
export interface TufStore {
  readonly load: (name: string) => Promise<Uint8Array | undefined>
  /** Writes all changes or none, and durably; `null` removes a name. */
  readonly save: (changes: ReadonlyMap<string, Uint8Array | null>) => Promise<void>
}

/**
 * Where files come from: a network, a folder, a pack. Answers `undefined` for what is certainly not there and rejects when
 * that cannot be told; rejects when it would be larger than `maxBytes`, when it redirects elsewhere, and after a
 * deadline of its own. The size is checked here again.
 */
export interface TufFetcher {
  /** A file of metadata; the name is percent-encoded, one segment of a URL. */
  readonly metadata: (
    fileName: string,
    limits: { readonly maxBytes: number },
  ) => Promise<Uint8Array | undefined>
  /** A target by its path (with a hash before its name); segments are never empty, `.` or `..`, and not encoded. */
  readonly target: (
    path: string,
    limits: { readonly maxBytes: number },
  ) => Promise<Uint8Array | undefined>
}

/**
 * Fetches under a cap (TUF §5.3.3, §5.4.1, §5.5.1, §5.6.1, §5.7.3; endless data, case TR07). Throws `trust/too-large`,
 * and `trust/unavailable` when the fetcher rejects with anything but a fault of its own.
 */
export async function fetchCapped(
  get: (limits: { readonly maxBytes: number }) => Promise<Uint8Array | undefined>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined
  try {
    bytes = await get({ maxBytes })
  } catch (error) {
    // A network fails in as many ways as there are platforms; only our own codes are told apart.
    throw error instanceof Fault ? error : fault('trust/unavailable')
  }
  if (bytes !== undefined && bytes.length > maxBytes) throw fault('trust/too-large')
  return bytes
}

/** What came of work: its value, or the code of its fault. */
export type Settled<T> = { readonly value: T } | { readonly code: ErrorCode }

/** Waits for work that input can fail: its result, or the code of its fault. */
export async function settle<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof Fault) return { code: error.code }
    throw error
  }
}

/** A store in memory, for packs, tools and tests. */
export function memoryTufStore(
  initial: Iterable<readonly [string, Uint8Array]> = [],
): TufStore & { readonly files: ReadonlyMap<string, Uint8Array> } {
  const files = new Map(initial)
  return {
    files,
    load: async (name) => files.get(name),
    save: async (changes) => {
      for (const [name, bytes] of changes) {
        if (bytes === null) files.delete(name)
        else files.set(name, bytes)
      }
    },
  }
}
