/** Emptying the wallet: its database is deleted, so that it works whatever state that is in. */
import { wipeDrafts } from './cases/draft-store.ts'
import { noteHeld } from './eviction.ts'
import { closeStorage, openStorage } from './wallet-state.ts'
import { deleteWalletStore } from './wallet-store.ts'

/** Deletes everything and opens an empty wallet, which says that licences were here. */
export async function startOver(): Promise<void> {
  closeStorage()
  try {
    await deleteWalletStore()
  } finally {
    await openStorage()
  }
}

/** Deletes everything because the holder wants it; nothing is missed afterwards. */
export async function eraseByChoice(): Promise<void> {
  await noteHeld(0)
  await wipeDrafts()
  await startOver()
}
