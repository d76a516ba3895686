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
import { HISTORY_FORMAT } from '../history-entry.ts'
import { stretch } from '../kdf-client.ts'
import { openHolderKey } from '../keys.ts'
import { askPasscode, forgetPasscode } from '../passcode-question.ts'
import { tellWalletChanged } from '../wallet-news.ts'
import { now, walletStore } from '../wallet-state.ts'
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
      own: { credential: copy.sdCwt, type, disclose: [type.holder.name], signer },
      delegations: fit.parts.map(({ material, record }) => ({
        material,
        presentation: answerBytes(record.text),
      })),
      now: at,
    })
    const entry = entryOf(consent, { at, answer: answerText(answer) })
    await walletStore().saveEntry(entry)
    tellWalletChanged()
    return entry
  } finally {
    forgetPasscode()
  }
}

function entryOf(
  { stated, text, fit, type }: DelegateConsent,
  { at, answer }: { readonly at: number; readonly answer: string },
): ConsentEntry {
  const { office, device, matter, purpose, wants } = stated
  const { own, parts } = fit
  const name = type.claims.filter((claim) => claim.name === type.holder.name)
  const delegate: ConsentLicence = {
    material: 'delegate',
    materialName: { 'zh-CN': '代办人', en: 'Delegate' },
    licenceId: own.id,
    typeName: own.summary.typeName,
    number: own.summary.number,
    claims: name.map(({ display }) => display),
  }
  const shown = parts.map(({ material, record }): ConsentLicence => {
    const stands = wants.find((want) => want.material.code === material)?.material.name
    return {
      material,
      ...(stands === undefined ? {} : { materialName: stands }),
      licenceId: record.id,
      typeName: record.typeName,
      number: record.number,
      claims: record.claims,
    }
  })
  return {
    format: HISTORY_FORMAT,
    id: crypto.randomUUID(),
    at,
    kind: 'consent',
    office,
    device,
    matter,
    purpose,
    shown: [delegate, ...shown],
    request: text,
    answer,
  }
}
