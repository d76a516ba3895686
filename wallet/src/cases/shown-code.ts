/**
 * The way back of what was shown for a case: the server gives a code to the browser that answered, and gives out what was shown only for
 * that code. Nothing but the case that this window asked for takes it; a phone that answered a kiosk shows it to that kiosk's camera.
 */
import { type Signal, signal } from '@preact/signals'
import type { Route } from '../routes.ts'

const RETURN = /^#response_code=([\w-]{43})$/
/** In the address that a phone comes back to. */
const FOR_KIOSK = 'for-kiosk'

/** The case that licences were asked for, and the code once it came. */
export const asked: Signal<{ readonly caseId: string; readonly code?: string } | undefined> =
  signal(undefined)

/** The code that this phone shows a kiosk; in memory alone. */
export const handedCode: Signal<string | undefined> = signal(undefined)

/** Where a phone goes on that answers a kiosk of this wallet's address. */
export function kioskReturn(origin: string): string {
  return `${origin}/?${FOR_KIOSK}=1`
}

/** Takes the code out of the address of a page of ours; gives the place to go on at. */
export function takeShownCode(address: Pick<URL, 'search' | 'hash'>): Route | undefined {
  const code = RETURN.exec(address.hash)?.[1]
  if (code === undefined) return undefined
  if (new URLSearchParams(address.search).has(FOR_KIOSK)) {
    handedCode.value = code
    return { screen: 'kiosk-code' }
  }
  const waiting = asked.value
  if (waiting === undefined) return undefined
  asked.value = { caseId: waiting.caseId, code }
  return { screen: 'case', id: waiting.caseId }
}

/** The same for a phone that is on this page already: nothing is loaded anew, so a passcode is asked for once. */
export function takeForKiosk(address: string): Route | undefined {
  const url = new URL(address)
  return new URLSearchParams(url.search).has(FOR_KIOSK) ? takeShownCode(url) : undefined
}
