/** What the person who signed in has done with their licences; a session that is over is forgotten, whoever finds out. */
import { type ErrorCode, Fault } from '@onetrip/codec'
import type { HeldLicence } from '../held-licence.ts'
import { parseOffer } from '../offer.ts'
import { type ReceiveStep, receiveOffer } from '../receive-offer.ts'
import { changeLicence, licences, settings, trustStore } from '../wallet-state.ts'
import { forgetSession } from './agency-session.ts'
import {
  type AgencyAccess,
  type AgencyLicence,
  askForNewPhone,
  fetchMyLicences,
  reportPhoneLost,
  signOut,
} from './my-licences.ts'
import type { AgencySession } from './sign-in.ts'

/** The session is over, or began too long ago for what was asked: the screen asks to sign in again and says why. */
const SIGN_IN_AGAIN: readonly ErrorCode[] = ['auth/required', 'sign-in/not-recent']

/** Their licences at the agency; how those ended that are here is kept with them. */
export async function loadMyLicences(session: AgencySession): Promise<readonly AgencyLicence[]> {
  const list = await askSignedIn(session, fetchMyLicences)
  for (const { identifier, endedAs } of list) {
    const held = licences.value.find(({ summary }) => summary.identifier === identifier)
    if (held === undefined || endedAs === undefined || held.endedAs === endedAs) continue
    // What cannot be kept now is told with the next list.
    await changeLicence(held.id, (kept) => ({ ...kept, endedAs })).catch(() => undefined)
  }
  return list
}

/**
 * Moves a licence to this phone. The code that somebody else would have to type comes with the offer: the session says who asks.
 * Throws what goes wrong with the session or in receiving; then every other copy is as it was, unless it arrived.
 */
export async function moveHere(
  session: AgencySession,
  licence: Pick<AgencyLicence, 'id'>,
  onStep: (step: ReceiveStep) => void,
): Promise<HeldLicence> {
  const { uri, txCode } = await askSignedIn(session, (access) => askForNewPhone(access, licence.id))
  const offer = parseOffer(uri, settings.walletOrigin)
  return receiveOffer({ offer, txCode, onStep })
}

/** Makes every copy on every phone void, and looks at what that makes of those here. */
export async function voidAllCopies(session: AgencySession): Promise<number> {
  const count = await askSignedIn(session, reportPhoneLost)
  void trustStore.refresh()
  return count
}

/** Signs out, here or on all devices. Throws what hinders it elsewhere; this window is signed out in any case. */
export async function leaveAgency(session: AgencySession, everywhere: boolean): Promise<void> {
  await askSignedIn(session, (access) => signOut(access, everywhere)).finally(forgetSession)
}

/** Asks as whoever signed in. Throws what `work` throws, after it forgot a session that is over. */
export async function askSignedIn<T>(
  session: AgencySession,
  work: (access: AgencyAccess) => Promise<T>,
): Promise<T> {
  try {
    return await work({
      apiOrigin: settings.apiOrigin,
      bearer: session.bearer,
      http: (url, init) => fetch(url, init),
    })
  } catch (error) {
    if (error instanceof Fault && SIGN_IN_AGAIN.includes(error.code)) {
      forgetSession(error.code)
    }
    throw error
  }
}
