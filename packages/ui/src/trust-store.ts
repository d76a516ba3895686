/**
 * The trust data of a face: kept in IndexedDB, refreshed from the API's origin or from a pack, usable with no
 * network. A failed refresh never loses what is kept; its age is the verdict's evidence.
 */

import { type ErrorCode, Fault } from '@onetrip/codec'
import type { FetchProgress, PackSource, Trust, TrustFault, TrustFetcher } from '@onetrip/trust'
import { type ReadonlySignal, signal } from '@preact/signals'
import { type CappedFetch, cappedFetch } from './capped-fetch.ts'
import { networkFetcher } from './network-fetcher.ts'
import { openTrustFiles, type TrustFiles } from './trust-files.ts'

/** Why the last refresh brought nothing: no answer, or data that were refused. */
export type TrustTrouble = 'network' | ErrorCode

/** What a face knows of its trust data. */
export type TrustState =
  | { readonly phase: 'loading' }
  /** Nothing is kept: nothing can be verified yet. */
  | { readonly phase: 'empty'; readonly refreshing: boolean; readonly trouble?: TrustTrouble }
  | {
      readonly phase: 'ready'
      readonly trust: Trust
      /** When the kept data last came, from the network or in a pack, or were found to be current; Unix seconds. */
      readonly fetchedAt: number
      readonly refreshing: boolean
      readonly trouble?: TrustTrouble
    }

/** The trust data of a face. */
export interface TrustStore {
  readonly state: ReadonlySignal<TrustState>
  /** Opens what is kept, then refreshes. Never rejects. */
  load(): Promise<void>
  /** Fetches newer data; the state says what came of it. Never rejects. */
  refresh(): Promise<void>
  /**
   * Takes newer data from a pack; rejects with a `Fault` when it is none. What it brought, the state says; answers what
   * was refused first. Once `signal` is aborted nothing more is read, and the data before it stay in use.
   */
  importPack(pack: PackSource, options?: ImportOptions): Promise<TrustTrouble | undefined>
  /** The kept data as a pack for others. Rejects with a `Fault`: `pack/not-current`, `trust/unavailable`. */
  exportPack(): Promise<Uint8Array>
}

/** How a pack is imported. */
export interface ImportOptions {
  readonly onProgress?: (progress: FetchProgress) => void
  readonly signal?: AbortSignal
}

/** What a trust store needs. */
export interface TrustStoreOptions {
  /** Origin of the trust data, without a trailing slash. */
  readonly apiOrigin: string
  /** The root metadata this face was built with. */
  readonly initialRoot: Uint8Array
  readonly environment: string
  /** Gives Unix seconds. */
  readonly now: () => number
  /** {@link cappedFetch} unless said. */
  readonly fetcher?: CappedFetch
}

/** One update at a time in all tabs of a face, or an older one could end last. */
const LOCK = 'onetrip-trust'

/** Makes the trust store of a face; call {@link TrustStore.load} once. */
export function createTrustStore(options: TrustStoreOptions): TrustStore {
  const { initialRoot, environment, now, fetcher = cappedFetch } = options
  const state = signal<TrustState>({ phase: 'loading' })
  const root = { initialRoot, environment }
  const network = networkFetcher(options.apiOrigin, fetcher)
  let opening: Promise<TrustFiles> | undefined
  let running: Promise<void> | undefined

  const files = (): Promise<TrustFiles> => {
    opening ??= openTrustFiles()
    return opening
  }

  /** Answers what was refused first. */
  async function follow(
    source: TrustFetcher,
    { onProgress, signal: cancelled }: ImportOptions = {},
  ): Promise<TrustTrouble | undefined> {
    const before = state.value
    if (before.phase !== 'loading') state.value = { ...before, refreshing: true }
    try {
      const kept = await files()
      const { followTrust, isHeldBack, ownFaults } = await import('./trust-engine.ts')
      const { store } = kept
      const trust = await followTrust({ ...root, store, fetcher: source, now: now(), onProgress })
      const trouble = troubleIn(ownFaults(trust.faults))
      if (cancelled?.aborted) {
        state.value = before
        return trouble
      }
      const earlier = isHeldBack(trust.faults) ? await kept.fetchedAt() : undefined
      const fetchedAt = earlier ?? now()
      await kept.saveFetchedAt(fetchedAt).catch(() => undefined)
      state.value = {
        phase: 'ready',
        trust,
        fetchedAt,
        refreshing: false,
        ...(trouble === undefined ? {} : { trouble }),
      }
      return trouble
    } catch (error) {
      const trouble = troubleOf(error)
      const after = state.value
      state.value =
        after.phase === 'ready'
          ? { ...after, refreshing: false, trouble }
          : { phase: 'empty', refreshing: false, trouble }
      return trouble
    }
  }

  function refresh(): Promise<void> {
    running ??= alone(async () => {
      await follow(network)
    }).finally(() => {
      running = undefined
    })
    return running
  }

  async function load(): Promise<void> {
    const kept = await files()
    const { openTrust } = await import('./trust-engine.ts')
    const trust = await openTrust({ ...root, store: kept.store }).catch(() => undefined)
    const fetchedAt = (await kept.fetchedAt().catch(() => undefined)) ?? trust?.signedAt ?? 0
    state.value =
      trust === undefined
        ? { phase: 'empty', refreshing: true }
        : { phase: 'ready', trust, fetchedAt, refreshing: true }
    await refresh()
  }

  return {
    state,
    load,
    refresh,
    async importPack(pack, options = {}) {
      const { packFetcherFor } = await import('./trust-engine.ts')
      const { store } = await files()
      const source = await packFetcherFor({ source: pack, store, initialRoot })
      return alone(() => follow(cancellable(source, options.signal), options))
    },
    async exportPack() {
      const { exportPack } = await import('./trust-engine.ts')
      return exportPack({ store: (await files()).store, initialRoot })
    },
  }
}

/** Gives nothing more once it is cancelled. */
function cancellable(source: TrustFetcher, cancelled: AbortSignal | undefined): TrustFetcher {
  if (cancelled === undefined) return source
  const guard = (fetcher: Omit<TrustFetcher, 'recognised'>): Omit<TrustFetcher, 'recognised'> => ({
    metadata: async (name, limits) => {
      cancelled.throwIfAborted()
      return fetcher.metadata(name, limits)
    },
    target: async (path, limits) => {
      cancelled.throwIfAborted()
      return fetcher.target(path, limits)
    },
  })
  return { ...guard(source), recognised: (id) => guard(source.recognised(id)) }
}

function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  // Old browsers have no locks; there one tab is the rule.
  const locks: LockManager | undefined = globalThis.navigator?.locks
  return locks === undefined ? work() : locks.request(LOCK, work)
}

function troubleIn(faults: readonly TrustFault[]): TrustTrouble | undefined {
  const [first] = faults
  return first === undefined ? undefined : troubleOfCode(first.code)
}

function troubleOf(error: unknown): TrustTrouble {
  return error instanceof Fault ? troubleOfCode(error.code) : 'network'
}

function troubleOfCode(code: ErrorCode): TrustTrouble {
  return code === 'trust/unavailable' ? 'network' : code
}
