/**
 * Private again when put aside: what is on the screen is covered the moment the page is hidden, before
 * the system takes its picture of it, and after the chosen time in the background the wallet locks.
 */
import { toLockAfter } from './lock-record.ts'
import { forgetPasscode, question } from './passcode-question.ts'
import { lockRecord, lockWallet, openWallet, phase, walletStore } from './wallet-state.ts'

const CHANNEL = 'onetrip-wallet-lock'
/** Says that the person wants it locked now. */
const LOCK = 'lock'
/** Timers may ring a little early by the other clock. */
const TIMER_SLACK_MS = 50

interface Hidden {
  readonly atMs: number
  /** Of `performance.now`, which nobody can set back. */
  readonly tickMs: number
}

let hidden: Hidden | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL)

/** Watches the page and the other windows; call once. */
export function watchPrivacy(): void {
  document.addEventListener('visibilitychange', follow)
  addEventListener('pagehide', cover)
  addEventListener('pageshow', follow)
  // A record that cannot be read here is told at the next start.
  channel?.addEventListener('message', ({ data }) => {
    if (data === LOCK) lockNow()
    else void followLock().catch(() => undefined)
  })
  if (document.visibilityState === 'hidden') {
    follow()
  }
}

/** Locks this window at once. */
export function lockNow(): void {
  if (lockRecord.value === undefined || phase.value !== 'ready') {
    return
  }
  question.value?.decline()
  forgetPasscode()
  lockWallet()
}

/** Locks this window and every other one at once. */
export function lockEverywhere(): void {
  channel?.postMessage(LOCK)
  lockNow()
}

/** Tells the other windows that the lock was set, changed or taken away. */
export function tellLockChanged(): void {
  channel?.postMessage('changed')
}

function follow(): void {
  if (document.visibilityState === 'hidden') {
    cover()
    hidden ??= { atMs: Date.now(), tickMs: performance.now() }
    clearTimeout(timer)
    timer = setTimeout(lockWhenDue, lockAfterMs() + TIMER_SLACK_MS)
    return
  }
  clearTimeout(timer)
  lockWhenDue()
  hidden = undefined
  // A frame later: the lock screen stands before anything is uncovered.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.visibilityState === 'visible') {
        delete document.documentElement.dataset['covered']
      }
    }),
  )
}

function cover(): void {
  document.documentElement.dataset['covered'] = ''
}

function lockWhenDue(): void {
  if (hidden === undefined) {
    return
  }
  const away = Math.max(Date.now() - hidden.atMs, performance.now() - hidden.tickMs)
  if (away >= lockAfterMs()) {
    lockNow()
  }
}

function lockAfterMs(): number {
  return toLockAfter(lockRecord.value?.lockAfterSeconds ?? 0) * 1000
}

async function followLock(): Promise<void> {
  if (phase.value !== 'ready' && phase.value !== 'locked') {
    return
  }
  const before = lockRecord.value
  const record = await walletStore().lock()
  lockRecord.value = record
  if (record === undefined && before !== undefined) {
    await openWallet()
  } else if (record !== undefined && record.id !== before?.id) {
    lockWallet()
  }
}
