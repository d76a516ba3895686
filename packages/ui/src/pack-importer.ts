/** One import of an offline pack at a time: how far it is, what came of it. */

import { Fault } from '@onetrip/codec'
import type { PackSource } from '@onetrip/trust'
import { type ReadonlySignal, signal } from '@preact/signals'
import type { TrustStore, TrustTrouble } from './trust-store.ts'

/** What is going on with a pack. */
export type PackState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'working'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly phase: 'cancelled' }
  /** `signedAt` in Unix seconds. */
  | { readonly phase: 'done'; readonly version: number; readonly signedAt: number }
  | { readonly phase: 'refused'; readonly code: TrustTrouble; readonly kept: boolean }

/** Imports packs into a trust store. */
export interface PackImporter {
  readonly state: ReadonlySignal<PackState>
  /** Imports a file; one while another is going on is not taken. Never rejects. */
  take(file: Blob): Promise<void>
  /** Ends the import; what was there before stays, and what was brought is not brought again. */
  cancel(): void
}

/** Makes the importer of a face; `also` takes what else a pack brings, once its trust data are in use. It never rejects. */
export function createPackImporter(
  trustStore: TrustStore,
  also: (pack: PackSource) => Promise<void> = async () => {},
): PackImporter {
  const state = signal<PackState>({ phase: 'idle' })
  let running: AbortController | undefined

  async function take(file: Blob): Promise<void> {
    if (running !== undefined) return
    const turn = new AbortController()
    running = turn
    state.value = { phase: 'working', doneBytes: 0, totalBytes: file.size }
    try {
      const pack = packInBlob(file)
      const trouble = await trustStore.importPack(pack, {
        signal: turn.signal,
        onProgress: (progress) => {
          if (!turn.signal.aborted) state.value = { phase: 'working', ...progress }
        },
      })
      if (!turn.signal.aborted) await also(pack)
      state.value = outcome(turn.signal.aborted, trouble)
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'pack/truncated'
      state.value = outcome(turn.signal.aborted, code)
    } finally {
      running = undefined
    }
  }

  function outcome(isCancelled: boolean, trouble: TrustTrouble | undefined): PackState {
    const kept = trustStore.state.value
    if (isCancelled) return { phase: 'cancelled' }
    if (trouble !== undefined || kept.phase !== 'ready') {
      return { phase: 'refused', code: trouble ?? 'network', kept: kept.phase === 'ready' }
    }
    const { version, signedAt } = kept.trust
    return { phase: 'done', version, signedAt }
  }

  return { state, take, cancel: () => running?.abort() }
}

/** A pack in a file of the browser, of which only what is asked for is read. */
function packInBlob(file: Blob): PackSource {
  return {
    size: file.size,
    read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  }
}
