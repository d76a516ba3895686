/** From one consent to an answer over the network: signed with each licence's own key, on record before it is sent. */
import { fault, type Signer } from '@onetrip/codec'
import { type QueryFit, vpTokenText } from '@onetrip/credential'
import type { StatedVpRequest } from '@onetrip/verifier'
import { copiesOf } from '../delegates/delegation-record.ts'
import { type HeldCopy, shownAt } from '../held-licence.ts'
import type { HolderKey } from '../holder-key.ts'
import { stretch } from '../kdf-client.ts'
import { openHolderKey } from '../keys.ts'
import { presentForRequest, sendAnswer } from '../openid4vp.ts'
import { askPasscode, forgetPasscode } from '../passcode-question.ts'
import { tellWalletChanged } from '../wallet-news.ts'
import { changeLicence, now, walletStore } from '../wallet-state.ts'
import type { Fitting } from './fitting.ts'
import { consentEntry, ONLINE_DEVICE, shownLicences } from './make-consent-entry.ts'
import { REACHED_ORIGINS } from './reached-origins.ts'

/** A licence that was chosen, and the credential of the query that it answers. */
export interface OnlineFitting extends Fitting {
  readonly fit: QueryFit
}

/** What the holder agrees to. */
export interface OnlineConsent {
  readonly stated: StatedVpRequest
  /** The request object as it was fetched. */
  readonly compact: string
  /** A licence for each material that is answered. */
  readonly chosen: ReadonlyMap<string, OnlineFitting>
}

/**
 * Signs the answer, stores the consent and sends it; gives where the person goes on. Throws `request/expired`, `key/*`,
 * `storage/*` where it cannot be put on record, then nothing is sent, and what sending throws.
 */
export async function giveOnlineAnswer(
  consent: OnlineConsent,
): Promise<{ readonly redirectUri?: string }> {
  const { stated, chosen } = consent
  const { asked: request } = stated
  try {
    const shown = await Promise.all(
      copiesFor([...chosen.values()]).map(async ({ fit, copy, secondsAgo }) => ({
        fit,
        sdJwt: copy.sdJwt,
        signer: await signerOf(copy.keys.jws),
        secondsAgo,
      })),
    )
    const at = now()
    if (at >= request.expiresAt) throw fault('request/expired')
    const parts = await presentForRequest({ request, shown, now: at })
    const device = { name: stated.host, number: ONLINE_DEVICE }
    const entry = consentEntry(
      { ...stated, device },
      {
        at,
        request: consent.compact,
        answer: vpTokenText(parts),
        shown: shownLicences(stated, chosen),
      },
    )
    await walletStore().saveEntry(entry)
    tellWalletChanged()
    for (const { licence } of chosen.values()) {
      // A count that cannot be stored keeps nobody from showing a licence.
      changeLicence(licence.id, (kept) => shownAt(kept, at)).catch(() => undefined)
    }
    const http = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
    return await sendAnswer({ request, parts, origins: REACHED_ORIGINS, http })
  } finally {
    forgetPasscode()
  }
}

/**
 * A copy for each material: what stands twice in an answer is taken for shown again, so a licence that serves twice is shown in two copies,
 * and where there are no more, signed a second before.
 */
function copiesFor(
  chosen: readonly OnlineFitting[],
): readonly { readonly fit: QueryFit; readonly copy: HeldCopy; readonly secondsAgo: number }[] {
  const uses = new Map<string, number>()
  return chosen.map(({ licence, fit }) => {
    const use = uses.get(licence.id) ?? 0
    uses.set(licence.id, use + 1)
    const copies = copiesOf(licence)
    const copy = copies[use % copies.length] ?? licence
    return { fit, copy, secondsAgo: Math.floor(use / copies.length) }
  })
}

function signerOf(key: HolderKey): Promise<Signer> {
  return openHolderKey(key, { subtle: crypto.subtle, askPasscode, stretch })
}
