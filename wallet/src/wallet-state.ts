/** The wallet while it is open: what it holds, what it knows, where the person is. */
import type { Trust } from '@onetrip/trust'
import { createTrustStore, type FaceSettings, readFaceSettings, type TrustStore } from '@onetrip/ui'
import type { Verdict } from '@onetrip/verifier'
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { markHeld, wasHeld } from './eviction.ts'
import { byUse, type HeldLicence } from './held-licence.ts'
import type { LockOffer } from './lock-offer.ts'
import type { LockRecord } from './lock-record.ts'
import { isOfferText, keepOfferText, keptOfferText } from './offer-text.ts'
import { hrefOf, parseRoute, type Route } from './routes.ts'
import { type OpenKey, openWalletStore, type WalletStore } from './wallet-store.ts'

const RECHECK_MS = 60_000
const IDLE_MS = 200
const MAX_IDLE_MS = 2000
const REFRESH_AFTER_SECONDS = 3600

/**
 * Whether the storage is open yet; `locked` until the passcode comes; `closed` once a newer wallet
 * window took it over.
 */
export type Phase = 'starting' | 'ready' | 'locked' | 'no-storage' | 'closed'

/** Settings compiled into this build. */
export const settings: FaceSettings = readFaceSettings(import.meta.env)

/** Gives Unix seconds. */
export const now = (): number => Math.floor(Date.now() / 1000)

/** The trust data of this wallet. */
export const trustStore: TrustStore = createTrustStore({
  apiOrigin: settings.apiOrigin,
  initialRoot: settings.initialRoot,
  environment: settings.environment,
  now,
})

const held = signal<readonly HeldLicence[]>([])
const places = signal<Route>({ screen: 'home' })
const verdictsById = signal<ReadonlyMap<string, Verdict>>(new Map())
let opened: WalletStore | undefined

/** Whether the storage is open. */
export const phase: Signal<Phase> = signal('starting')
/** The lock, if there is one. */
export const lockRecord: Signal<LockRecord | undefined> = signal(undefined)
/** What the holder said to the offer of a lock. */
export const lockOffer: Signal<LockOffer> = signal({})
/** Licences were here, and the browser cleared them (case WA03). */
export const lost: Signal<boolean> = signal(false)
/** The text of the offer on the screen; the offer screen reads it. */
export const offerText: Signal<string | undefined> = signal(keptOfferText())
/** The licences, most used first. */
export const licences: ReadonlySignal<readonly HeldLicence[]> = computed(() => byUse(held.value))
/** Where the person is. */
export const route: ReadonlySignal<Route> = places
/** The receiving check of each licence, run again against the present trust data. */
export const verdicts: ReadonlySignal<ReadonlyMap<string, Verdict>> = verdictsById
/** The trust data in use, if there is any. */
export const trust: ReadonlySignal<Trust | undefined> = computed(() => {
  const state = trustStore.state.value
  return state.phase === 'ready' ? state.trust : undefined
})

/** Starts everything; call once before the first render. */
export async function startWallet(): Promise<void> {
  followAddress()
  addEventListener('hashchange', followAddress)
  effect(() => {
    void checkLicences(held.value, trust.value)
  })
  setInterval(() => void checkLicences(held.value, trust.value), RECHECK_MS)
  document.addEventListener('visibilitychange', refreshWhenOld)
  addEventListener('online', () => void trustStore.refresh())
  try {
    opened = await openWalletStore(() => {
      phase.value = 'closed'
    })
    lockRecord.value = await opened.lock()
    lockOffer.value = await opened.lockOffer()
    if (lockRecord.value === undefined) {
      await openWallet()
    } else {
      phase.value = 'locked'
    }
  } catch {
    phase.value = 'no-storage'
  }
  // What is held shows without trust data, so the first picture goes first.
  whenIdle(() => void trustStore.load())
}

/** Runs work when the page has nothing better to do, after two seconds at the latest. */
function whenIdle(work: () => void): void {
  // Safari has no idle callback.
  if (globalThis.requestIdleCallback === undefined) setTimeout(work, IDLE_MS)
  else requestIdleCallback(work, { timeout: MAX_IDLE_MS })
}

/** Brings the licences in, with the key of the lock where there is one. */
export async function openWallet(open?: OpenKey): Promise<void> {
  const store = walletStore()
  store.useKey(open)
  const all = await store.licences()
  const gone = all.length === 0 && (await wasHeld())
  batch(() => {
    held.value = all
    lost.value = gone
    phase.value = 'ready'
  })
}

/** Puts licences and key away; only the passcode brings them back. */
export function lockWallet(): void {
  opened?.useKey(undefined)
  batch(() => {
    phase.value = 'locked'
    held.value = []
    verdictsById.value = new Map()
  })
}

/** The open store; `TypeError` before it is open. */
export function walletStore(): WalletStore {
  if (opened === undefined) {
    throw new TypeError('the wallet store is not open')
  }
  return opened
}

/** Goes to a place. */
export function goTo(place: Route): void {
  location.hash = hrefOf(place)
}

/** Opens an offer, or any text that was taken for one; what is wrong with it is said there. */
export function showOffer(text: string): void {
  offerText.value = text
  keepOfferText(text)
  goTo({ screen: 'offer' })
}

/** Puts the open offer away: it was received, or the person does not want it. */
export function closeOffer(): void {
  offerText.value = undefined
  keepOfferText(undefined)
}

/** Stores a received licence and ends its receipt, then shows it among the others. */
export async function keepReceived(licence: HeldLicence, receiptId: string): Promise<void> {
  replace(await walletStore().saveReceived(licence, receiptId))
  lost.value = false
  await markHeld()
  // Whether it is granted changes nothing here: what is held is held either way.
  void navigator.storage?.persist?.()
}

/** Stores a changed licence. */
export async function keepLicence(licence: HeldLicence): Promise<void> {
  await walletStore().saveLicence(licence)
  replace(licence)
}

/** Deletes a licence from this device. */
export async function forgetLicence(id: string): Promise<void> {
  await walletStore().deleteLicence(id)
  held.value = held.value.filter((one) => one.id !== id)
  if (held.value.length === 0) {
    await markHeld(false)
  }
}

function replace(licence: HeldLicence): void {
  held.value = [...held.value.filter(({ id }) => id !== licence.id), licence]
}

/** An offer in the address is taken out of it at once: its code shall not stay in the history. */
function followAddress(): void {
  if (isOfferText(location.href, settings.walletOrigin)) {
    const link = location.href
    history.replaceState(null, '', `${location.pathname}${hrefOf({ screen: 'offer' })}`)
    showOffer(link)
  }
  places.value = parseRoute(location.hash)
}

function refreshWhenOld(): void {
  const state = trustStore.state.value
  const age = state.phase === 'ready' ? now() - state.fetchedAt : REFRESH_AFTER_SECONDS
  if (document.visibilityState === 'visible' && age >= REFRESH_AFTER_SECONDS) {
    void trustStore.refresh()
  }
}

async function checkLicences(
  all: readonly HeldLicence[],
  present: Trust | undefined,
): Promise<void> {
  if (present === undefined || all.length === 0) {
    return
  }
  // The cards show what is stored at once; the checking comes right after them.
  const { verifyHeld } = await import('./check-licences.ts')
  const checked = await verifyHeld(all, present, now())
  // A check that was overtaken by a change of licences or trust data must not bring old states back.
  if (held.value === all && trust.value === present) {
    verdictsById.value = checked
  }
}
