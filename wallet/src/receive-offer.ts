/** From an accepted offer to a stored licence: the steps in order, told to the holder. */
import { fault } from '@onetrip/codec'
import type { HeldLicence } from './held-licence.ts'
import { stretch } from './kdf-client.ts'
import { assertKnownIssuer, type CredentialOffer } from './offer.ts'
import { keepOfferText } from './offer-text.ts'
import { notifyIssuer } from './openid4vci.ts'
import { askPasscode, forgetPasscode } from './passcode-question.ts'
import { platformRandom } from './platform-random.ts'
import { checkReceived } from './received-licence.ts'
import { type IssuerNotifications, type RequestStep, requestLicence } from './request-licence.ts'
import { keepReceived, now, settings, trust, trustStore, walletStore } from './wallet-state.ts'

/** Every step of receiving, in order. */
export type ReceiveStep = RequestStep | 'checking' | 'storing'

/** Refuses an offer whose issuer is not the API or an agency of the trust list. */
export function assertOfferKnown(offer: CredentialOffer): void {
  const issuerUrls = (trust.value?.agencies ?? []).map(({ issuerUrl }) => issuerUrl)
  assertKnownIssuer(offer, { apiOrigin: settings.apiOrigin, issuerUrls })
}

/**
 * Receives the licence of an offer. One at a time in all open windows, so that two windows with the
 * same offer end in one licence. Throws what goes wrong; then nothing was stored but the receipt.
 */
export function receiveOffer(options: {
  readonly offer: CredentialOffer
  readonly txCode?: string
  readonly onStep: (step: ReceiveStep) => void
}): Promise<HeldLicence> {
  return exclusively(async () => {
    const { offer, txCode, onStep } = options
    assertOfferKnown(offer)
    const store = walletStore()
    const requested = await requestLicence({
      offer,
      ...(txCode === undefined ? {} : { txCode }),
      http: (url, init) => fetch(url, init),
      keys: {
        subtle: crypto.subtle,
        random: platformRandom,
        roundTrip: store.roundTrip,
        askPasscode,
        stretch,
      },
      pending: { load: store.receipt, save: store.saveReceipt },
      now,
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      onStep,
    })
    onStep('checking')
    // The licence may be of a type, or on a status list, that is younger than the stored trust data.
    await trustStore.refresh()
    if (trust.value === undefined) {
      throw fault('network/unreachable')
    }
    const { notifications, ...received } = requested
    const licence = await checkReceived({
      requested: received,
      trust: trust.value,
      now: now(),
    }).catch((error: unknown) => {
      tellIssuer(notifications, 'credential_failure')
      throw error
    })
    onStep('storing')
    await keepReceived(licence, received.receiptId)
    tellIssuer(notifications, 'credential_accepted')
    keepOfferText(undefined)
    return licence
  }).finally(forgetPasscode)
}

/** That the issuer cannot be told keeps nobody from their licence. A licence that is deleted later is not told: its token is over. */
function tellIssuer(
  notifications: IssuerNotifications | undefined,
  event: 'credential_accepted' | 'credential_failure',
): void {
  if (notifications === undefined) return
  const { endpoint, accessToken, ids } = notifications
  const http = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
  for (const notificationId of ids) {
    notifyIssuer({ endpoint, accessToken, notificationId, event, http }).catch(() => undefined)
  }
}

function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (navigator.locks === undefined) {
    return work()
  }
  return navigator.locks.request('onetrip-receive', work)
}
