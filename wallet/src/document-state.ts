/** The sealed file that is being checked in the wallet; nothing of it is stored. */
import { createDocumentSession, type DocumentSession } from '@onetrip/ui/documents'
import { effect } from '@preact/signals'
import { now, trust, trustStore } from './wallet-state.ts'

/** The session of this wallet. */
export const documentSession: DocumentSession = createDocumentSession({
  now,
  optionsAt: async (at) => {
    await trustOpened()
    const present = trust.value
    return present === undefined ? undefined : { trust: present, now: at, accept: ['document'] }
  },
})

/** A file may come before the stored trust data are open. */
function trustOpened(): Promise<void> {
  return new Promise((done) => {
    const stop = effect(() => {
      if (trustStore.state.value.phase === 'loading') return
      queueMicrotask(() => stop())
      done()
    })
  })
}
