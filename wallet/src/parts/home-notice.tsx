/** The one notice above the cards: what is most worth doing comes first, the next after it is decided. */
import type { VNode } from 'preact'
import { installDismissed, presentInstallWay } from '../install-state.ts'
import { lockOfferState } from '../lock-offer.ts'
import { persistence } from '../persistence.ts'
import { licences, lockOffer, lockRecord, missing, now, unreadable } from '../wallet-state.ts'
import { InstallNotice } from './install-notice.tsx'
import { LockOfferNotice } from './lock-offer-notice.tsx'
import { RecoverNotice } from './recover-notice.tsx'

/** Safari and the pages inside apps lose everything soon: there installing goes before the lock. */
export function HomeNotice(): VNode | null {
  if (missing.value > 0 || unreadable.value > 0) {
    return <RecoverNotice />
  }
  const way = presentInstallWay()
  const mayInstall = way !== 'installed' && !installDismissed.value
  if (mayInstall && (way === 'ios' || way === 'in-app')) {
    return <InstallNotice way={way} />
  }
  const receivedAt = licences.value.map((licence) => licence.receivedAt)
  const offer = lockOfferState(lockOffer.value, { receivedAt, now: now() })
  if (lockRecord.value === undefined && offer !== 'none') {
    return <LockOfferNotice isFirst={offer === 'first'} />
  }
  const hasSomething = licences.value.length > 0
  return hasSomething && mayInstall && persistence.value !== 'persistent' ? (
    <InstallNotice way={way} />
  ) : null
}
