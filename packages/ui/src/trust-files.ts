/** Where a face keeps the files of the trust repository: IndexedDB, or memory where storage is closed to us. */

import type { TufStore } from '@onetrip/trust'
import { openStore, type Store } from './store.ts'

interface FileSchema {
  readonly files: Uint8Array
  readonly times: number
}

/** The files, and when they last came from the network. */
export interface TrustFiles {
  readonly store: TufStore
  readonly fetchedAt: () => Promise<number | undefined>
  readonly saveFetchedAt: (unixSeconds: number) => Promise<void>
}

const FETCHED = 'fetched'

/** Opens the files of this origin; the face then works while the page is open, whatever the browser refuses. */
export async function openTrustFiles(): Promise<TrustFiles> {
  const opened = await openStore<FileSchema>({
    name: 'onetrip-trust-files',
    version: 1,
    boxes: ['files', 'times'],
  }).catch(() => undefined)
  return opened === undefined ? inMemory() : inStore(opened)
}

function inStore(opened: Store<FileSchema>): TrustFiles {
  return {
    store: {
      load: (name) => opened.get('files', name),
      save: (changes) =>
        opened.write(
          [...changes].map(([key, value]) =>
            value === null ? { box: 'files', key } : { box: 'files', key, value },
          ),
        ),
    },
    fetchedAt: () => opened.get('times', FETCHED),
    saveFetchedAt: (at) => opened.put('times', FETCHED, at),
  }
}

function inMemory(): TrustFiles {
  const files = new Map<string, Uint8Array>()
  let fetched: number | undefined
  return {
    store: {
      load: async (name) => files.get(name),
      save: async (changes) => {
        for (const [name, bytes] of changes) {
          if (bytes === null) files.delete(name)
          else files.set(name, bytes)
        }
      },
    },
    fetchedAt: async () => fetched,
    saveFetchedAt: async (at) => {
      fetched = at
    },
  }
}
