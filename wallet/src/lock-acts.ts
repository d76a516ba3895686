/** What the holder does with the lock: set, open, change, take away. Loaded with the first of them. */
import { Fault, fault, type Random } from '@onetrip/codec'
import { stretch } from './kdf-client.ts'
import {
  addPrf,
  changePasscode,
  createLock,
  type LockPlatform,
  type OpenLock,
  openLock,
  openLockByPrf,
} from './lock.ts'
import type { LockAfter, LockRecord } from './lock-record.ts'
import { oneWindow } from './one-window.ts'
import { newDeviceKey } from './passcode-key.ts'
import { platformRandom } from './platform-random.ts'
import { askPasskey, createPasskey } from './prf.ts'
import { tellLockChanged } from './privacy-watch.ts'
import { startOver } from './start-over.ts'
import {
  countedTry,
  NO_TRIES,
  secondsToWait,
  seenAt,
  type Tries,
  triesBeforeWait,
} from './tries.ts'
import { keepTriesOutside, triesOutside } from './tries-outside.ts'
import { lockOffer, lockRecord, now, openWallet, walletStore } from './wallet-state.ts'

const random: Random = platformRandom
const PLATFORM: LockPlatform = { subtle: crypto.subtle, random, stretch }

/** What became of a passcode. */
export type TryOutcome =
  | { readonly outcome: 'right' }
  /** `left` tries come before the first wait; `waitSeconds` is how long the next one has to wait. */
  | { readonly outcome: 'wrong'; readonly left: number; readonly waitSeconds: number }
  /** It was not looked at: the wait is not over. */
  | { readonly outcome: 'wait'; readonly waitSeconds: number }

/** End of the wait by a clock that nobody can set forward; lasts as long as the page. */
let waitUntilTick = 0
/** A count that no storage took; lasts as long as the page. */
let unstored: Tries = NO_TRIES

/** Seconds until a passcode is taken again. */
export async function waitSeconds(): Promise<number> {
  const kept = await keptTries()
  const tries = seenAt(kept, now())
  if (tries !== kept) {
    await saveTries(tries)
  }
  return waitFor(tries)
}

/** Unlocks with the passcode. */
export function unlock(passcode: string): Promise<TryOutcome> {
  return withPasscode(passcode, enter)
}

/** Unlocks by fingerprint or face; false when the device or its user declines. */
export async function unlockByPrf(): Promise<boolean> {
  const record = await walletStore().lock()
  if (record?.prf === undefined) {
    return false
  }
  const secret = await askPasskey(record.prf)
  if (secret === undefined) {
    return false
  }
  const opened = await openLockByPrf(record, secret, crypto.subtle).catch(() => undefined)
  if (opened === undefined) {
    return false
  }
  await enter(opened)
  return true
}

/** Sets the first passcode and seals what the wallet holds; `key/passcode` for a weak one. */
export async function setPasscode(passcode: string): Promise<void> {
  const { record, dataKey } = await createLock({ passcode, deviceKey: await deviceKey() }, PLATFORM)
  await walletStore().sealAll(record, { lockId: record.id, dataKey })
  lockRecord.value = record
  tellLockChanged()
}

/** Puts another passcode in place of the present one. */
export function replacePasscode(passcode: string, next: string): Promise<TryOutcome> {
  return withPasscode(passcode, async ({ record }) => {
    const { salt, cost, dataKey, digits } = await changePasscode(
      { record, passcode, next },
      PLATFORM,
    )
    await changeLock((stored) => ({ ...stored, salt, cost, dataKey, digits }))
  })
}

/** Takes the lock away; what is held is stored open again. */
export function removeLock(passcode: string): Promise<TryOutcome> {
  return withPasscode(passcode, async () => {
    await walletStore().unsealAll()
    lockRecord.value = undefined
    // Whoever takes the lock away has decided; nothing asks again.
    await keepLockOffer({ declined: true })
    tellLockChanged()
  })
}

/** Adds unlocking by fingerprint or face; `undefined` when the device has none or it is declined. */
export async function addPasskey(passcode: string, name: string): Promise<TryOutcome | undefined> {
  let found: LockRecord | undefined
  const tried = await withPasscode(passcode, async ({ record }) => {
    found = record
  })
  if (found === undefined) {
    return tried
  }
  // Other windows unlock while this one asks for a finger.
  const passkey = await createPasskey(name)
  if (passkey === undefined) {
    return undefined
  }
  const { prf } = await addPrf({ record: found, passcode, ...passkey }, PLATFORM)
  await changeLock((stored) => (prf === undefined ? stored : { ...stored, prf }))
  return tried
}

/** Takes unlocking by fingerprint or face away. */
export async function dropPasskey(): Promise<void> {
  await changeLock(({ prf: _, ...rest }) => rest)
}

/** Chooses how long the wallet stays open in the background. */
export async function chooseLockAfter(lockAfterSeconds: LockAfter): Promise<void> {
  await changeLock((stored) => ({ ...stored, lockAfterSeconds }))
}

/** Puts the offer of a lock off, once. */
export function postponeLock(): Promise<void> {
  return keepLockOffer({ ...lockOffer.value, postponedAt: now() })
}

/** Goes without a lock. */
export function declineLock(): Promise<void> {
  return keepLockOffer({ ...lockOffer.value, declined: true })
}

/** Erases everything, for who forgot the passcode; the wallet then says how to receive again. */
export async function eraseWallet(): Promise<void> {
  await startOver()
  waitUntilTick = 0
  unstored = NO_TRIES
  keepTriesOutside(undefined)
}

async function enter({ record, dataKey }: OpenLock): Promise<void> {
  const open = { lockId: record.id, dataKey }
  // A full disk must not shut anyone out: what lies open is sealed the next time.
  await unlessFull(walletStore().sealRest(open))
  lockRecord.value = record
  await openWallet(open)
}

/** Counts the try, stores the count, and only then looks whether the passcode is right. */
function withPasscode(
  passcode: string,
  work: (open: OpenLock) => Promise<void>,
): Promise<TryOutcome> {
  // Two windows must not share a try.
  return oneWindow('lock', async () => {
    const store = walletStore()
    const record = await store.lock()
    if (record === undefined) {
      throw fault('storage/unavailable')
    }
    const tries = seenAt(await keptTries(), now())
    const wait = waitFor(tries)
    if (wait > 0) {
      await saveTries(tries)
      return { outcome: 'wait', waitSeconds: wait }
    }
    const counted = countedTry(tries, now())
    await saveTries(counted)
    const open = await opened(record, passcode)
    if (open === undefined) {
      const waitSeconds = secondsToWait(counted, now())
      waitUntilTick = performance.now() + waitSeconds * 1000
      return { outcome: 'wrong', left: triesBeforeWait(counted), waitSeconds }
    }
    unstored = NO_TRIES
    keepTriesOutside(undefined)
    // Deleting works on a full disk too.
    await store.forgetTries()
    await work(open)
    return { outcome: 'right' }
  })
}

async function opened(record: LockRecord, passcode: string): Promise<OpenLock | undefined> {
  try {
    return await openLock(record, passcode, PLATFORM)
  } catch (error) {
    if (error instanceof Fault && error.code === 'key/passcode') {
      return undefined
    }
    throw error
  }
}

function waitFor(tries: Tries): number {
  const ticks = Math.ceil((waitUntilTick - performance.now()) / 1000)
  return Math.max(secondsToWait(tries, now()), ticks, 0)
}

/** The highest of the counts, wherever there was room for it. */
async function keptTries(): Promise<Tries> {
  const kept = [(await walletStore().tries()) ?? NO_TRIES, triesOutside(), unstored]
  return kept.reduce((most, one) => (one.count > most.count ? one : most))
}

async function saveTries(tries: Tries): Promise<void> {
  if (await unlessFull(walletStore().saveTries(tries))) {
    keepTriesOutside(undefined)
    unstored = NO_TRIES
  } else {
    unstored = keepTriesOutside(tries) ? NO_TRIES : tries
  }
}

/** False when the disk is full. */
async function unlessFull(work: Promise<void>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'storage/quota')) {
      throw error
    }
    return false
  }
}

/** Changes the lock as it is stored now, whatever other windows did to it meanwhile; nothing where it is another one. */
async function changeLock(change: (stored: LockRecord) => LockRecord): Promise<void> {
  const changed = await oneWindow('lock-record', async () => {
    const stored = await walletStore().lock()
    if (stored === undefined || stored.id !== lockRecord.value?.id) {
      return undefined
    }
    const record = change(stored)
    await walletStore().saveLock(record)
    return record
  })
  if (changed !== undefined) {
    lockRecord.value = changed
    tellLockChanged()
  }
}

async function keepLockOffer(offer: typeof lockOffer.value): Promise<void> {
  await walletStore().saveLockOffer(offer)
  lockOffer.value = offer
}

/** A device key that survived storage, or none: the passcode then stands alone. */
async function deviceKey(): Promise<CryptoKey | undefined> {
  try {
    const kept = await walletStore().roundTripDeviceKey(await newDeviceKey(crypto.subtle))
    await crypto.subtle.sign('HMAC', kept, new Uint8Array(1))
    return kept
  } catch {
    return undefined
  }
}
