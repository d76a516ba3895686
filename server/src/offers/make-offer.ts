/** Credential offers (OpenID4VCI 1.0 §4.1): one licence, both securings, by link with the data in the fragment. */
import type { JsonObject } from '@onetrip/codec'
import type { LicenceStatus } from '@onetrip/status'
import { hashSecret } from '../actors/api-keys.ts'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import type { Services } from '../services.ts'
import { reserveCredential } from '../status-lists/allocate-index.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { OfferTable } from '../storage/offer-schema.ts'
import { preAuthorizedCode, TX_CODE_DIGITS, transactionCode } from './offer-secrets.ts'

/** How long an offer may be redeemed. */
export const OFFER_LIFE_SECONDS: number = 7 * 86_400
/** Grant type of OpenID4VCI 1.0 §3.5. */
export const PRE_AUTHORIZED_GRANT: string = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
/**
 * Forms with a holder's key, with the format of their credential configuration. An mdoc no offer names: it is asked for by whoever
 * knows that there is one, under the same grants.
 */
const HELD_FORMS = { 'sd-jwt': 'dc+sd-jwt', 'sd-cwt': 'dc+sd-cwt', mdoc: 'mso_mdoc' } as const

/** One of {@link HELD_FORM_NAMES}. */
export type HeldForm = keyof typeof HELD_FORMS

/** An offer as told to the agency; the transaction code goes to the holder by another way than the link. */
export interface Offer {
  readonly id: string
  readonly uri: string
  /** Unix seconds. */
  readonly expiresAt: number
  readonly txCode: string
}

/** What an offer is made for. */
export interface OfferedLicence {
  readonly id: string
  readonly agencyId: string
  readonly typeCode: string
  readonly status: LicenceStatus
}

/** Records an offer and reserves an index for each securing. */
export async function makeOffer(
  services: Services,
  transaction: StorageTransaction,
  options: {
    readonly licence: OfferedLicence
    readonly actorId: string
    /** {@link OFFER_LIFE_SECONDS} where left out. */
    readonly lifeSeconds?: number
    /** Whether what it gives out takes the place of every earlier copy. */
    readonly replaces?: boolean
  },
): Promise<Offer> {
  const { licence, actorId, lifeSeconds = OFFER_LIFE_SECONDS, replaces = false } = options
  const now = services.now()
  const id = services.newId()
  const expiresAt = now + lifeSeconds
  const row: OfferTable = {
    id,
    licence_id: licence.id,
    code_hash: hashSecret(preAuthorizedCode(services.keys, id)),
    state: 'open',
    wrong_attempts: 0,
    expires_at: expiresAt,
    actor_id: actorId,
    created_at: now,
    replaces: replaces ? 1 : 0,
  }
  await transaction.insertInto('offer').values(row).execute()
  for (const form of OFFERED_FORM_NAMES) {
    await reserveCredential(services, transaction, {
      licenceId: licence.id,
      agencyId: licence.agencyId,
      offerId: id,
      form,
      status: licence.status,
    })
  }
  await recordAct(services, transaction, {
    act: 'offer/make',
    agency: licence.agencyId,
    actor: actorId,
    facts: {
      offer: id,
      licence: licence.id,
      replaces: row.replaces,
      row: rowHold(services, [heldText('offer', row)]),
    },
  })
  return offerOf(services, { id, expiresAt, typeCode: licence.typeCode })
}

/** The offer of a recorded row; its codes are derived again. */
export function offerOf(
  services: Services,
  row: { readonly id: string; readonly expiresAt: number; readonly typeCode: string },
): Offer {
  const credentialOffer: JsonObject = {
    credential_issuer: services.config.apiOrigin,
    credential_configuration_ids: OFFERED_FORM_NAMES.map((form) =>
      configurationId(row.typeCode, form),
    ),
    grants: {
      authorization_code: { issuer_state: row.id },
      [PRE_AUTHORIZED_GRANT]: {
        'pre-authorized_code': preAuthorizedCode(services.keys, row.id),
        tx_code: { input_mode: 'numeric', length: TX_CODE_DIGITS },
      },
    },
  }
  const fragment = encodeURIComponent(JSON.stringify(credentialOffer))
  return {
    id: row.id,
    uri: `${services.config.walletOrigin}/#credential_offer=${fragment}`,
    expiresAt: row.expiresAt,
    txCode: transactionCode(services.keys, row.id),
  }
}

/** Credential configuration id `<type code>.<format>`. */
export function configurationId(typeCode: string, form: HeldForm): string {
  return `${typeCode}.${HELD_FORMS[form]}`
}

/** The securings of an offer, in the order they are named. */
export const OFFERED_FORM_NAMES: readonly HeldForm[] = ['sd-jwt', 'sd-cwt']

/** The securings with a holder's key. */
export const HELD_FORM_NAMES: readonly HeldForm[] = [...OFFERED_FORM_NAMES, 'mdoc']
