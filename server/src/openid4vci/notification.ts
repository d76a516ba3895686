/** What a wallet tells of the credentials it was given (OpenID4VCI 1.0 §11): kept once for each event, however often it is told. */
import { createHmac } from 'node:crypto'
import { fault, isObject, type JsonValue } from '@onetrip/codec'
import type { KeyStore } from '../keys/key-store.ts'
import { HELD_FORM_NAMES, type HeldForm } from '../offers/make-offer.ts'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { Grant } from './bind-copies.ts'

const EVENTS = ['credential_accepted', 'credential_failure', 'credential_deleted'] as const

/** The `notification_id` of the copies of one securing of an offer: derived, so that nothing more is kept. */
export function notificationId(keys: KeyStore, offerId: string, form: HeldForm): string {
  const text = `${offerId} ${form}`
  return createHmac('sha256', keys.secret('notification')).update(text).digest('base64url')
}

/**
 * Keeps what a wallet tells under its grant. `event_description` is not kept: it is a stranger's text. Throws
 * `openid/notification` (no such event), `openid/notification-id`.
 */
export async function keepNotification(
  services: Services,
  grant: Grant,
  body: JsonValue,
): Promise<void> {
  if (!isObject(body)) throw fault('openid/notification')
  const { notification_id: id, event: name } = body
  const event = EVENTS.find((known) => known === name)
  if (typeof id !== 'string' || event === undefined) throw fault('openid/notification')
  const { offerId } = grant
  const form = HELD_FORM_NAMES.find((one) => notificationId(services.keys, offerId, one) === id)
  if (form === undefined) throw fault('openid/notification-id')
  await transact(services.storage, async (transaction) => {
    const { numInsertedOrUpdatedRows: added = 0n } = await transaction
      .insertInto('notification')
      .values({ offer_id: offerId, form, event, told_at: services.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (added === 0n) return
    const facts = { offer: offerId, licence: grant.licence.id, form, event }
    const agency = grant.licence.agency_id
    await recordAct(services, transaction, { act: 'offer/told', agency, facts })
  })
}
