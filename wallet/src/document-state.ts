/** The sealed file that is being checked in the wallet; nothing of it is stored. */
import { createDocumentSession, type DocumentSession } from '@onetrip/ui/documents'
import { now, trust } from './wallet-state.ts'

/** The session of this wallet. */
export const documentSession: DocumentSession = createDocumentSession({
  now,
  optionsAt: async (at) => {
    const present = trust.value
    return present === undefined ? undefined : { trust: present, now: at, accept: ['document'] }
  },
})
