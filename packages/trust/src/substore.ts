/** A part of a store under a prefix, as if it were a store of its own. */
import type { TufStore } from './tuf/store-and-fetcher.ts'

/** The names of `store` that begin with `prefix`. */
export function substore(store: TufStore, prefix: string): TufStore {
  return {
    load: (name) => store.load(prefix + name),
    save: (changes) =>
      store.save(new Map([...changes].map(([name, bytes]) => [prefix + name, bytes]))),
  }
}
