/** The wallet while it is open: what it holds, what it knows, where the person is. */
import { Fault } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import {
  createTrustStore,
  type FaceSettings,
  readFaceSettings,
  type StoreClosed,
  type TrustStore,
} from '@onetrip/ui'
import type { Verdict } from '@onetrip/verifier'
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { heldBefore, noteHeld } from './eviction.ts'
import { byUse, type HeldLicence } from './held-licence.ts'
import type { LockOffer } from './lock-offer.ts'
import type { LockRecord } from './lock-record.ts'
import { isOfferText, keepOfferText, keptOfferText } from './offer-text.ts'
import { isVpLinkText } from './openid4vp-link-text.ts'
import { askPersistence, readPersistence } from './persistence.ts'
import { receiptInLink } from './receipt-link.ts'
import { takeReturn } from './return-place.ts'
import { hrefOf, parseAddress, type Route } from './routes.ts'
import { onWalletChanged, tellWalletChanged } from './wallet-news.ts'
import { type Holdings, type OpenKey, openWalletStore, type WalletStore } from './wallet-store.ts'
import { whenIdle } from './when-idle.ts'

/** How the address begins, after its path, when a sign-in comes back, and when what was shown for a case is to be fetched. */
const SIGN_IN_RETURN = '#sign_in_'
const SHOWN_RETURN = '#response_code='
const RECHECK_MS = 60_000
const REFRESH_AFTER_SECONDS = 3600
/** What was begun and not finished in 30 days will not be: its code has ended long before. */
const RECEIPT_SECONDS = 30 * 86_400

/**
 * Whether the storage is open yet; `locked` until the passcode comes; `closed` once a newer wallet
 * window took it over; `newer` when it was laid out by a newer wallet than this; `damaged` when what
 * was stored cannot be opened; `no-storage` when the browser stores nothing at all.
 */
export type Phase = 'starting' | 'ready' | 'locked' | 'no-storage' | 'closed' | 'newer' | 'damaged'

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
/** Counts what this window changed, so that an older reading does not bring back what was before. */
let changes = 0

/** Whether the storage is open. */
export const phase: Signal<Phase> = signal('starting')
/** The lock, if there is one. */
export const lockRecord: Signal<LockRecord | undefined> = signal(undefined)
/** What the holder said to the offer of a lock. */
export const lockOffer: Signal<LockOffer> = signal({})
/** How many licences were here and are gone, though nobody deleted them (case WA03). */
export const missing: Signal<number> = signal(0)
/** How many stored licences cannot be opened; they are left where they are. */
export const unreadable: Signal<number> = signal(0)
/** The text of the offer on the screen; the offer screen reads it. */
export const offerText: Signal<string | undefined> = signal(keptOfferText())
/** The text of the link to a request over the network; kept nowhere else, for it lives five minutes. */
export const onlineLink: Signal<string | undefined> = signal(undefined)
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
  effect(() => {
    const isNeeded = held.value.length > 0 && trust.value !== undefined
    if (isNeeded) whenIdle(() => void fetchReceipts())
  })
  setInterval(() => void checkLicences(held.value, trust.value), RECHECK_MS)
  document.addEventListener('visibilitychange', refreshWhenOld)
  addEventListener('online', () => void trustStore.refresh())
  void readPersistence()
  onWalletChanged(() => void readAgain())
  await openStorage()
  // What is held shows without trust data, so the first picture goes first.
  whenIdle(() => void trustStore.load())
}

/** Opens the storage and says in {@link phase} what became of it. */
export async function openStorage(): Promise<void> {
  try {
    const store = await openWalletStore(letGo)
    opened = store
    lockRecord.value = await store.lock()
    lockOffer.value = await store.lockOffer()
    if (lockRecord.value === undefined) {
      await openWallet()
    } else {
      phase.value = 'locked'
    }
    await store.dropReceiptsBefore(now() - RECEIPT_SECONDS).catch(() => undefined)
  } catch (error) {
    phase.value = await troubleOf(error)
  }
}

/** Lets go of the storage, so that it can be deleted. */
export function closeStorage(): void {
  opened?.close()
  opened = undefined
  putAway('starting')
}

/** Brings the licences in, with the key of the lock where there is one. */
export async function openWallet(open?: OpenKey): Promise<void> {
  walletStore().useKey(open)
  await readLicences()
  phase.value = 'ready'
}

/** Puts licences and key away; only the passcode brings them back. */
export function lockWallet(): void {
  opened?.useKey(undefined)
  putAway('locked')
}

/** Reads what is stored again: this window or another changed it. */
export async function readAgain(): Promise<void> {
  if (phase.value === 'ready') {
    await readLicences()
  }
}

/** Takes it that the missing licences are gone; nothing asks again. */
export async function forgetMissing(): Promise<void> {
  await noteHeld((await heldBefore()) - missing.value)
  missing.value = 0
}

/** Deletes the stored licences that cannot be opened. */
export async function eraseUnreadable(): Promise<void> {
  await noteHeld((await heldBefore()) - unreadable.value)
  await walletStore().eraseUnreadable('licences')
  changes += 1
  await readAgain()
  tellWalletChanged()
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

/** Opens a link to a request over the network; nobody is spoken to before the person says so there. */
export function showOnlineRequest(text: string): void {
  onlineLink.value = text
  goTo({ screen: 'online' })
}

/** Puts the open offer away: it was received, or the person does not want it. */
export function closeOffer(): void {
  offerText.value = undefined
  keepOfferText(undefined)
}

/** Stores a received licence and ends its receipt, then shows it among the others. */
export async function keepReceived(licence: HeldLicence, receiptId: string): Promise<void> {
  await walletStore().saveReceived(licence, receiptId)
  await showKept()
}

/** Adds the licences and the history of a backup that are not here yet; gives what was added. */
export async function keepRestored(saved: Holdings): Promise<Holdings> {
  const added = await walletStore().restore(saved)
  await showKept()
  return added
}

/** Changes a stored licence, unless another window deleted it. */
export async function changeLicence(
  id: string,
  change: (licence: HeldLicence) => HeldLicence,
): Promise<void> {
  const changed = await walletStore().changeLicence(id, change)
  changes += 1
  const others = held.value.filter((one) => one.id !== id)
  held.value = changed === undefined ? others : [...others, changed]
  tellWalletChanged()
}

/** Deletes a licence from this device. */
export async function forgetLicence(id: string): Promise<void> {
  // First the marker: a window that ends in between must not miss what was deleted on purpose.
  await noteHeld((await heldBefore()) - 1)
  await walletStore().deleteLicence(id)
  changes += 1
  held.value = held.value.filter((one) => one.id !== id)
  tellWalletChanged()
}

async function showKept(): Promise<void> {
  changes += 1
  await readAgain()
  tellWalletChanged()
  // Whether it is granted changes nothing here: what is held is held either way.
  void askPersistence()
}

async function readLicences(): Promise<void> {
  const at = changes
  const [all, before] = await Promise.all([walletStore().licences(), heldBefore()])
  if (at !== changes) {
    // What was read is older than what is shown.
    return readAgain()
  }
  const present = all.opened.length + all.unreadable
  batch(() => {
    held.value = all.opened
    unreadable.value = all.unreadable
    missing.value = Math.max(0, before - present)
  })
  if (present > before) {
    await noteHeld(present)
  }
}

function letGo(why: StoreClosed): void {
  if (why === 'upgraded') {
    putAway('closed')
    return
  }
  closeStorage()
  void openStorage()
}

function putAway(next: Phase): void {
  changes += 1
  batch(() => {
    phase.value = next
    held.value = []
    verdictsById.value = new Map()
  })
}

/** Where something was held, a storage that does not open is a loss, whatever the browser calls it. */
async function troubleOf(error: unknown): Promise<Phase> {
  const code = error instanceof Fault ? error.code : 'storage/unavailable'
  if (code === 'storage/newer') {
    return 'newer'
  }
  return code === 'storage/corrupt' || (await heldBefore()) > 0 ? 'damaged' : 'no-storage'
}

/** An offer, a receipt, or the code of a sign-in, is taken out of the address at once: it shall not stay in the history. */
function followAddress(): void {
  const { hash } = location
  if (hash.startsWith(SIGN_IN_RETURN)) {
    history.replaceState(null, '', `${location.pathname}${hrefOf(takeReturn())}`)
    // The code lives a minute, so it waits for no screen and no passcode.
    void import('./agency/agency-session.ts').then(({ takeSignInReturn }) => takeSignInReturn(hash))
  }
  if (hash.startsWith(SHOWN_RETURN)) {
    const { search } = location
    history.replaceState(null, '', `${location.pathname}${hrefOf({ screen: 'cases' })}`)
    void import('./cases/shown-code.ts').then(({ takeShownCode }) => {
      const place = takeShownCode({ search, hash })
      if (place !== undefined) goTo(place)
    })
  }
  if (isOfferText(location.href, settings.walletOrigin)) {
    const link = location.href
    history.replaceState(null, '', `${location.pathname}${hrefOf({ screen: 'offer' })}`)
    showOffer(link)
  }
  if (isVpLinkText(location.href, settings.walletOrigin)) {
    const link = location.href
    history.replaceState(null, '', `${location.pathname}${hrefOf({ screen: 'online' })}`)
    showOnlineRequest(link)
  }
  const receipt = receiptInLink(location.href, settings.walletOrigin)
  if (receipt !== undefined) {
    history.replaceState(null, '', `${location.pathname}${hrefOf({ screen: 'receipt' })}`)
    void import('./asked/asked-state.ts').then(({ showReceipt }) => showReceipt(receipt))
  }
  places.value = parseAddress(location)
}

function refreshWhenOld(): void {
  const state = trustStore.state.value
  const age = state.phase === 'ready' ? now() - state.fetchedAt : REFRESH_AFTER_SECONDS
  if (document.visibilityState === 'visible' && age >= REFRESH_AFTER_SECONDS) {
    void trustStore.refresh()
  }
}

/** What cannot be kept now is fetched again with the next change or the next start. */
async function fetchReceipts(): Promise<void> {
  const { keepReceipts } = await import('./receipts/keep-receipts.ts')
  await keepReceipts().catch(() => undefined)
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
