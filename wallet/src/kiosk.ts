/**
 * Kiosk mode (自助终端) of the pages of cases, begun by `?kiosk`: large type, no licences of anybody's, and an end after which nothing of
 * whoever was there is left on the machine. It is of this window alone, and outlives the way to the sign-in and back. Whoever opens such a
 * link on a phone of their own loses nothing of their wallet by it: what a kiosk keeps lies beside.
 */
import { deleteStore, showScale } from '@onetrip/ui'
import { isOwnReturn } from './kiosk-away.ts'
import type { Route } from './routes.ts'

const KEY = 'onetrip.kiosk'
const LEFT_KEY = 'onetrip.kiosk-left'
const PARAMETER = 'kiosk'
const DEFAULT_IDLE_SECONDS = 90
const [LEAST_IDLE_SECONDS, MOST_IDLE_SECONDS] = [10, 600] as const
/** Places that a kiosk has; any other is the first. */
const OPEN: readonly Route['screen'][] = ['cases', 'apply', 'case']
const SCALE = 150

/** Seconds without a sign of a person after which a kiosk ends; undefined in a window that is none. */
export const kioskSeconds: number | undefined = readKiosk()

/** Name of the database of what is typed and not sent. */
export const DRAFTS_DATABASE: string =
  kioskSeconds === undefined ? 'onetrip-cases' : 'onetrip-cases-kiosk'

/** Begins the page of a kiosk: large type, and nothing left of somebody whom a power cut drove away, or who left at the sign-in. */
export function startKiosk(): void {
  if (kioskSeconds === undefined) return
  showScale(SCALE)
  const leftAt = sessionStorage.getItem(LEFT_KEY)
  sessionStorage.removeItem(LEFT_KEY)
  const isOwn = isOwnReturn({ hash: location.hash, leftAt, now: Date.now() })
  if (!isOwn) void deleteStore(DRAFTS_DATABASE).catch(() => undefined)
  // A browser may keep the page that was left, with its memory, and bring it back by its own button.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void wipeKiosk()
  })
}

/** Notes that somebody leaves a kiosk for the sign-in. */
export function noteKioskLeft(): void {
  if (kioskSeconds !== undefined) sessionStorage.setItem(LEFT_KEY, String(Date.now()))
}

/** The place that is shown instead of `place`. */
export function kioskPlace(place: Route): Route {
  return kioskSeconds === undefined || OPEN.includes(place.screen) ? place : { screen: 'cases' }
}

/** Deletes what somebody left and loads the page anew, so that its memory goes too. */
export async function wipeKiosk(): Promise<void> {
  await deleteStore(DRAFTS_DATABASE).catch(() => undefined)
  sessionStorage.clear()
  const again = new URL('/', location.origin)
  again.searchParams.set(PARAMETER, String(kioskSeconds ?? DEFAULT_IDLE_SECONDS))
  again.searchParams.set('lang', 'zh-CN')
  // An address of its own, or the browser takes it for a jump within the page.
  again.searchParams.set('begun', String(Date.now()))
  again.hash = '#/cases'
  location.replace(again)
}

function readKiosk(): number | undefined {
  try {
    const asked = new URLSearchParams(location.search).get(PARAMETER)
    if (asked !== null) sessionStorage.setItem(KEY, asked)
    const kept = sessionStorage.getItem(KEY)
    if (kept === null) return undefined
    const seconds = /^\d{1,4}$/.test(kept) ? Number(kept) : DEFAULT_IDLE_SECONDS
    return Math.min(MOST_IDLE_SECONDS, Math.max(LEAST_IDLE_SECONDS, seconds))
  } catch {
    // Without session storage nobody could come back from a sign-in.
    return undefined
  }
}
