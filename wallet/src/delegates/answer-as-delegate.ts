/** A delegate's answer: one consent to show what was let to them, with their own name, on record before its code is seen. No network. */
import { fault } from '@onetrip/codec'
import {
  answerAsDelegate,
  answerBytes,
  answerText,
  type OfficeRequest,
  type TypeDefinition,
} from '@onetrip/credential'
import type { StatedRequest } from '@onetrip/verifier'
import type { ConsentEntry, ConsentLicence } from '../asked/consent-entry.ts'
import { consentEntry } from '../asked/make-consent-entry.ts'
import { stretch } from '../kdf-client.ts'
import { openHolderKey } from '../keys.ts'
import { askPasscode, forgetPasscode } from '../passcode-question.ts'
import { carriedReceipts } from '../receipts/held-receipts.ts'
import { tellWalletChanged } from '../wallet-news.ts'
import { now, walletStore } from '../wallet-state.ts'
import { DELEGATE_MATERIAL } from './delegate-material.ts'
import type { DelegatedFit } from './delegated-fits.ts'
import { namedCopy } from './delegation-record.ts'

/** What the delegate agrees to. */
export interface DelegateConsent {
  readonly request: OfficeRequest
  /** Text of the request's code. */
  readonly text: string
  readonly stated: StatedRequest
  readonly fit: DelegatedFit
  /** Of the delegate's own licence. */
  readonly type: TypeDefinition
}

/** Signs the answer and stores the consent. Throws `request/expired`, `delegation/*`, `key/*`, `storage/*`. */
export async function giveDelegatedAnswer(consent: DelegateConsent): Promise<ConsentEntry> {
  const { request, fit, type } = consent
  const copy = namedCopy([fit.own], fit.code)?.copy
  if (copy === undefined) throw fault('delegation/delegate')
  try {
    const platform = { subtle: crypto.subtle, askPasscode, stretch }
    const signer = await openHolderKey(copy.keys.cbor, platform)
    const at = now()
    if (at >= request.expiresAt) throw fault('request/expired')
    const answer = await answerAsDelegate({
      request,
      own: {
        credential: copy.sdCwt,
        type,
        disclose: [type.holder.name],
        receipts: carriedReceipts(copy.sdCwt),
        signer,
      },
      delegations: fit.parts.map(({ material, record }) => ({
        material,
        presentation: answerBytes(record.text),
      })),
      now: at,
    })
    const entry = consentEntry(consent.stated, {
      at,
      request: consent.text,
      answer: answerText(answer),
      shown: shownBy(consent),
    })
    await walletStore().saveEntry(entry)
    tellWalletChanged()
    return entry
  } finally {
    forgetPasscode()
  }
}

/** Beside what was let to them, a delegate shows who they are. */
function shownBy({ fit, type }: DelegateConsent): readonly ConsentLicence[] {
  const { own, parts } = fit
  const delegate: ConsentLicence = {
    material: DELEGATE_MATERIAL.code,
    materialName: DELEGATE_MATERIAL.name,
    licenceId: own.id,
    typeName: own.summary.typeName,
    number: own.summary.number,
    claims: type.claims.filter(({ name }) => name === type.holder.name).map((it) => it.display),
  }
  const shown = parts.map(({ material, record }) => {
    const { id, typeName, number, claims } = record
    return { material, licenceId: id, typeName, number, claims }
  })
  return [delegate, ...shown]
}
