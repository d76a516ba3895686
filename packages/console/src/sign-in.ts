/** The way to the identity provider and back to where one was. */

import { type ReadonlySignal, signal } from '@preact/signals'

const PLACE_KEY = 'onetrip.console.place'
const REFUSED = /^#sign_in_refused=([a-z0-9-]+(?:%2F|\/)[a-z0-9-]+)$/i

const refused = signal<string | undefined>(undefined)

/** Code of why the last sign-in came to nothing. */
export const signInRefused: ReadonlySignal<string | undefined> = refused

/** Leaves for the identity provider; `anew` where it has to ask again who is there. */
export function goToSignIn(anew: boolean): void {
  if (/^#\/./.test(location.hash)) sessionStorage.setItem(PLACE_KEY, location.hash)
  location.assign(`/staff/sign-in?to=/console/${anew ? '&anew=1' : ''}`)
}

/** Takes the reason of a refusal out of the address, and goes back to the place that was left. */
export function takeSignInAnswer(): void {
  const said = REFUSED.exec(location.hash)?.[1]
  if (said !== undefined) refused.value = decodeURIComponent(said)
  const place = sessionStorage.getItem(PLACE_KEY)
  sessionStorage.removeItem(PLACE_KEY)
  if (said === undefined && (location.hash !== '' || place === null)) return
  history.replaceState(null, '', `${location.pathname}${location.search}${place ?? ''}`)
}
