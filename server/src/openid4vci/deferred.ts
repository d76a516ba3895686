/**
 * Credentials that wait (OpenID4VCI 1.0 §9): while an agency's seal for licences is not in use nothing is drafted, and the wallet
 * comes again. Its keys are proved already and are kept; whatever else it is asked for later stays the same.
 */
import {
  encodeJson,
  Fault,
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  publicKeyToJwk,
  toBase64url,
} from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { type HeldForm, OFFER_LIFE_SECONDS } from '../offers/make-offer.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { Grant } from './bind-copies.ts'

/** How long a wallet is asked to wait before it comes again. */
export const DEFERRED_INTERVAL_SECONDS = 60
/** How long it may come; its access token lives as long. */
export const DEFERRED_LIFE_SECONDS: number = OFFER_LIFE_SECONDS

const TRANSACTION_BYTES = 32
const WAITING: ReadonlySet<string> = new Set(['seal/state', 'seal/expired'])

/** What was asked for and waits. */
export interface DeferredRequest {
  readonly form: HeldForm
  readonly keys: readonly PublicKey[]
}

/** Whether a fault says that the licence has to wait. */
export function isWaiting(error: unknown): boolean {
  return error instanceof Fault && WAITING.has(error.code)
}

/** The answer that tells a wallet to come again with this `transaction_id`. */
export function waitingAnswer(transactionId: string): JsonObject {
  return { transaction_id: transactionId, interval: DEFERRED_INTERVAL_SECONDS }
}

/** Keeps a request that has to wait, and returns its `transaction_id`. */
export async function deferRequest(
  services: Services,
  transaction: StorageTransaction,
  request: DeferredRequest & { readonly grant: Grant },
): Promise<string> {
  const id = toBase64url(services.random(TRANSACTION_BYTES))
  const { grant, form, keys } = request
  const expiresAt = services.now() + DEFERRED_LIFE_SECONDS
  await transaction.deleteFrom('deferred').where('expires_at', '<=', services.now()).execute()
  await transaction
    .insertInto('deferred')
    .values({
      hash: hashSecret(id),
      offer_id: grant.offerId,
      form,
      keys: encodeJson(keys.map((key) => publicKeyToJwk(key))),
      expires_at: expiresAt,
    })
    .execute()
  await transaction
    .updateTable('access_token')
    .set({ expires_at: expiresAt })
    .where('offer_id', '=', grant.offerId)
    .where('expires_at', '>', services.now())
    .execute()
  return id
}

/** The kept request that a wallet comes for under its grant; throws `openid/credential-request`, `openid/transaction`. */
export async function findDeferred(
  services: Services,
  grant: Grant,
  body: JsonValue,
): Promise<DeferredRequest & { readonly transactionId: string }> {
  const transactionId = isObject(body) ? body['transaction_id'] : undefined
  if (typeof transactionId !== 'string') throw fault('openid/credential-request')
  const row = await services.storage
    .selectFrom('deferred')
    .select(['form', 'keys'])
    .where('hash', '=', hashSecret(transactionId))
    .where('offer_id', '=', grant.offerId)
    .where('expires_at', '>', services.now())
    .executeTakeFirst()
  if (row === undefined) throw fault('openid/transaction')
  return { transactionId, form: row.form, keys: keptKeys(row.keys) }
}

/** Once it was given, a `transaction_id` is over; who lost the answer asks anew with the same keys (§9.2). */
export async function forgetDeferred(services: Services, transactionId: string): Promise<void> {
  await services.storage
    .deleteFrom('deferred')
    .where('hash', '=', hashSecret(transactionId))
    .execute()
}

function keptKeys(text: string): readonly PublicKey[] {
  const list = parseJson(text)
  if (!Array.isArray(list)) throw new TypeError('deferred: stored keys are no list')
  return list.map((jwk) => {
    if (!isObject(jwk)) throw new TypeError('deferred: a stored key is no JWK')
    return publicKeyFromJwk(jwk)
  })
}
