/** Who is signed in with the agency's server in this window; nothing of it outlives the page but the verifier of a sign-in under way. */
import type { ErrorCode } from '@onetrip/codec'
import { type Signal, signal } from '@preact/signals'
import { codeOf } from '../error-words.ts'
import { kioskSeconds, noteKioskLeft } from '../kiosk.ts'
import { platformRandom } from '../platform-random.ts'
import { noteReturn } from '../return-place.ts'
import type { Route } from '../routes.ts'
import { settings } from '../wallet-state.ts'
import {
  type AgencySession,
  exchangeCode,
  makeVerifier,
  readSignInReturn,
  signInAddress,
} from './sign-in.ts'

const KEY = 'onetrip.sign-in'

/** The session, while there is one. */
export const agencySession: Signal<AgencySession | undefined> = signal(undefined)
/** Why the last sign-in came to nothing. */
export const signInRefusal: Signal<ErrorCode | undefined> = signal(undefined)
/** Whether a code is being exchanged. */
export const signingIn: Signal<boolean> = signal(false)

/** Leaves for the sign-in and comes back to `place`; without a network it stays, for the browser's own page has no way back. */
export function leaveToSignIn(place: Route = { screen: 'agency' }): void {
  if (!navigator.onLine) {
    signInRefusal.value = 'network/unreachable'
    return
  }
  const verifier = makeVerifier(platformRandom)
  sessionStorage.setItem(KEY, verifier)
  noteReturn(place)
  noteKioskLeft()
  location.assign(signInAddress(settings.apiOrigin, verifier))
}

/** Takes what the address brought back; a return that this window did not leave for changes nothing. */
export async function takeSignInReturn(hash: string): Promise<void> {
  const brought = readSignInReturn(hash)
  const verifier = takeVerifier()
  if (brought === undefined || verifier === undefined) {
    return
  }
  if ('refusal' in brought) {
    signInRefusal.value = brought.refusal
    return
  }
  signingIn.value = true
  try {
    const session = await exchangeCode({
      apiOrigin: settings.apiOrigin,
      code: brought.code,
      verifier,
      http: (url, init) => fetch(url, init),
    })
    if (kioskSeconds !== undefined) {
      const { goesOn } = await import('../cases/kiosk-return.ts')
      if (!(await goesOn(session))) return
    }
    agencySession.value = session
    signInRefusal.value = undefined
  } catch (error) {
    signInRefusal.value = codeOf(error)
  } finally {
    signingIn.value = false
  }
}

/** Forgets the session in this window. */
export function forgetSession(why?: ErrorCode): void {
  agencySession.value = undefined
  signInRefusal.value = why
}

function takeVerifier(): string | undefined {
  try {
    const verifier = sessionStorage.getItem(KEY) ?? undefined
    sessionStorage.removeItem(KEY)
    return verifier
  } catch {
    // A window without session storage never left.
    return undefined
  }
}
