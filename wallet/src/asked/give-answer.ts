/** From one consent to an answer: signed with each licence's own key, on record before anybody sees its code; no network. */
import { fault } from '@onetrip/codec'
import { answerRequest, answerText, type OfficeRequest } from '@onetrip/credential'
import type { StatedRequest } from '@onetrip/verifier'
import { shownAt } from '../held-licence.ts'
import { stretch } from '../kdf-client.ts'
import { openHolderKey } from '../keys.ts'
import { askPasscode, forgetPasscode } from '../passcode-question.ts'
import { carriedReceipts } from '../receipts/held-receipts.ts'
import { tellWalletChanged } from '../wallet-news.ts'
import { changeLicence, now, walletStore } from '../wallet-state.ts'
import type { ConsentEntry } from './consent-entry.ts'
import type { Fitting } from './fitting.ts'
import { consentEntry, shownLicences } from './make-consent-entry.ts'

/** What the holder agrees to. */
export interface Consent {
  readonly request: OfficeRequest
  /** Text of the request's code. */
  readonly text: string
  readonly stated: StatedRequest
  /** A licence for each material that is answered. */
  readonly chosen: ReadonlyMap<string, Fitting>
}

/**
 * Signs the answer and stores the consent; the entry holds the answer's text. Throws `request/expired`, `key/*`, and
 * `storage/*` where it cannot be put on record: then nothing is shown.
 */
export async function giveAnswer(consent: Consent): Promise<ConsentEntry> {
  const { request, stated, chosen } = consent
  try {
    const choices = await Promise.all(
      [...chosen].map(async ([material, { licence, content, disclose }]) => ({
        material,
        credential: licence.sdCwt,
        type: content.type,
        disclose,
        receipts: carriedReceipts(licence.sdCwt),
        signer: await openHolderKey(licence.keys.cbor, {
          subtle: crypto.subtle,
          askPasscode,
          stretch,
        }),
      })),
    )
    const at = now()
    if (at >= request.expiresAt) throw fault('request/expired')
    const answer = await answerRequest({ request, choices, now: at })
    const entry = consentEntry(stated, {
      at,
      request: consent.text,
      answer: answerText(answer),
      shown: shownLicences(stated, chosen),
    })
    await walletStore().saveEntry(entry)
    tellWalletChanged()
    for (const { licence } of chosen.values()) {
      // A count that cannot be stored keeps nobody from showing a licence.
      changeLicence(licence.id, (kept) => shownAt(kept, at)).catch(() => undefined)
    }
    return entry
  } finally {
    forgetPasscode()
  }
}
