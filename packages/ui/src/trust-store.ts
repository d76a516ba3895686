/**
 * The trust data of a face: kept in IndexedDB, refreshed from the API's origin, usable with no
 * network. A failed refresh never loses what is kept; its age is the verdict's evidence.
 */

import { type ErrorCode, Fault, type PublicKey } from '@onetrip/codec'
import {
  type KeptTrust,
  openKeptTrust,
  type Trust,
  type TrustFault,
  updateTrust,
} from '@onetrip/trust'
import { type ReadonlySignal, signal } from '@preact/signals'
import { type CappedFetch, cappedFetch } from './capped-fetch.ts'
import { openStore, type Store } from './store.ts'

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
      /** When the kept data last came from the network, Unix seconds. */
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
}

/** What a trust store needs. */
export interface TrustStoreOptions {
  /** Origin of the trust data, without a trailing slash. */
  readonly apiOrigin: string
  /** The key that signs the trust list. */
  readonly root: PublicKey
  readonly environment: string
  /** Gives Unix seconds. */
  readonly now: () => number
  /** {@link cappedFetch} unless said. */
  readonly fetcher?: CappedFetch
}

interface KeptRecord {
  readonly format: 1
  readonly fetchedAt: number
  readonly kept: KeptTrust
}

interface TrustSchema {
  readonly kept: KeptRecord
}

const KEY = 'current'

/** Makes the trust store of a face; call {@link TrustStore.load} once. */
export function createTrustStore(options: TrustStoreOptions): TrustStore {
  const { root, environment, now, fetcher = cappedFetch } = options
  const state = signal<TrustState>({ phase: 'loading' })
  let record: KeptRecord | undefined
  let running: Promise<void> | undefined

  async function refreshOnce(): Promise<void> {
    const before = state.value
    if (before.phase !== 'loading') state.value = { ...before, refreshing: true }
    try {
      const updated = await updateTrust({
        ...(record === undefined ? {} : { kept: record.kept }),
        fetcher,
        listUrl: `${options.apiOrigin}/trust/list`,
        root,
        environment,
        now: now(),
      })
      const trouble = troubleIn(updated.faults)
      const fetchedAt = reached(updated.faults) ? now() : (record?.fetchedAt ?? now())
      record = { format: 1, fetchedAt, kept: updated.kept }
      await save(record)
      state.value = {
        phase: 'ready',
        trust: updated.trust,
        fetchedAt,
        refreshing: false,
        ...(trouble === undefined ? {} : { trouble }),
      }
    } catch (error) {
      const trouble = troubleOf(error)
      const after = state.value
      state.value =
        after.phase === 'ready'
          ? { ...after, refreshing: false, trouble }
          : { phase: 'empty', refreshing: false, trouble }
    }
  }

  function refresh(): Promise<void> {
    running ??= refreshOnce().finally(() => {
      running = undefined
    })
    return running
  }

  async function load(): Promise<void> {
    record = await read()
    if (record !== undefined) {
      const trust = await openKeptTrust({ kept: record.kept, root, environment }).catch(
        () => undefined,
      )
      if (trust !== undefined) {
        state.value = { phase: 'ready', trust, fetchedAt: record.fetchedAt, refreshing: true }
      } else {
        record = undefined
      }
    }
    if (record === undefined) state.value = { phase: 'empty', refreshing: true }
    await refresh()
  }

  return { state, load, refresh }
}

/** Whether the list itself came; without it nothing is fresher than before. */
function reached(faults: readonly TrustFault[]): boolean {
  return !faults.some((found) => found.uri === undefined && found.code === 'trust/unavailable')
}

/** Out-of-date data are told by their age; only what went wrong is trouble. */
function troubleIn(faults: readonly TrustFault[]): TrustTrouble | undefined {
  const [first] = faults.filter(({ code }) => code !== 'trust/stale')
  return first === undefined ? undefined : troubleOfCode(first.code)
}

function troubleOf(error: unknown): TrustTrouble {
  return error instanceof Fault ? troubleOfCode(error.code) : 'network'
}

function troubleOfCode(code: ErrorCode): TrustTrouble {
  return code === 'trust/unavailable' || code === 'status/unavailable' ? 'network' : code
}

function openBox(): Promise<Store<TrustSchema>> {
  return openStore<TrustSchema>({ name: 'onetrip-trust', version: 1, boxes: ['kept'] })
}

/** Storage may be closed to us; the face then works while the page is open. */
async function read(): Promise<KeptRecord | undefined> {
  const store = await openBox().catch(() => undefined)
  const found = await store?.get('kept', KEY).catch(() => undefined)
  store?.close()
  return found
}

async function save(record: KeptRecord): Promise<void> {
  const store = await openBox().catch(() => undefined)
  await store?.put('kept', KEY, record).catch(() => undefined)
  store?.close()
}
