/** A store whose changes wait until they are kept all at once; reading sees them already. */
import type { TufStore } from './tuf/store-and-fetcher.ts'

/** A store with changes that wait. */
export interface StagedStore extends TufStore {
  /** Writes to the store below, all or none, what waits; but for the names that `leaveOut` picks. */
  readonly commit: (leaveOut?: (name: string) => boolean) => Promise<void>
}

/** Stages changes over `store`. */
export function stagedStore(store: TufStore): StagedStore {
  const waiting = new Map<string, Uint8Array | null>()
  return {
    load: async (name) => {
      const changed = waiting.get(name)
      return changed === undefined ? store.load(name) : (changed ?? undefined)
    },
    save: async (changes) => {
      for (const [name, bytes] of changes) waiting.set(name, bytes)
    },
    commit: async (leaveOut = () => false) => {
      const changes = new Map([...waiting].filter(([name]) => !leaveOut(name)))
      waiting.clear()
      if (changes.size > 0) await store.save(changes)
    },
  }
}
