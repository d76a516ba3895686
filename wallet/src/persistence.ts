/** Whether the browser promised to keep what is stored; asked for once there is something to keep. */
import { type ReadonlySignal, signal } from '@preact/signals'

/** `clearable`: the browser may drop everything when room is short; `unknown`: it does not say. */
export type Persistence = 'persistent' | 'clearable' | 'unknown'

const standing = signal<Persistence>('unknown')

/** What the browser last said. */
export const persistence: ReadonlySignal<Persistence> = standing

/** Reads whether the storage is persistent; asks nobody. */
export async function readPersistence(): Promise<void> {
  await say(() => navigator.storage.persisted())
}

/** Asks the browser to keep the storage; some ask the person, most decide by themselves. */
export async function askPersistence(): Promise<void> {
  await say(() => navigator.storage.persist())
}

async function say(work: () => Promise<boolean>): Promise<void> {
  try {
    standing.value = (await work()) ? 'persistent' : 'clearable'
  } catch {
    // Old browsers have no storage manager: nothing was promised.
    standing.value = 'unknown'
  }
}
