/**
 * The token endpoint: a pre-authorized code and its transaction code for an access token, once
 * (OpenID4VCI 1.0 §6). Guessing locks the offer; answers to a known code differ only by their code.
 */
import { timingSafeEqual } from 'node:crypto'
import { type ErrorCode, fault, type JsonObject, toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { PRE_AUTHORIZED_GRANT } from '../offers/make-offer.ts'
import { transactionCode } from '../offers/offer-secrets.ts'
import { licenceSealOf } from '../seals/licence-seal.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { OfferTable } from '../storage/schema.ts'

const TOKEN_BYTES = 32
const MAX_WRONG_ATTEMPTS = 5

/** How long an access token lives. */
export const TOKEN_LIFE_SECONDS = 600

const STATE_FAULTS: Readonly<Record<Exclude<OfferTable['state'], 'open'>, ErrorCode>> = {
  redeemed: 'offer/used',
  locked: 'offer/locked',
  withdrawn: 'offer/withdrawn',
}

/**
 * Answers a token request's form. Throws `openid/grant-type`, `openid/token-request`, `offer/*`; `seal/state`,
 * `seal/expired` while the agency's seal for licences is not in use, and the offer stays open;
 * unknown members are ignored (RFC 6749 §3.2).
 */
export async function redeemCode(
  services: Services,
  form: ReadonlyMap<string, string>,
): Promise<JsonObject> {
  const grant = form.get('grant_type')
  if (grant === undefined) throw fault('openid/token-request')
  if (grant !== PRE_AUTHORIZED_GRANT) throw fault('openid/grant-type')
  const code = form.get('pre-authorized_code')
  const txCode = form.get('tx_code')
  if (!code || !txCode) throw fault('openid/token-request')
  const accessToken = toBase64url(services.random(TOKEN_BYTES))
  // A wrong attempt has to be counted, so the refusal is thrown after the commit.
  const refusal = await transact(services.storage, async (transaction) => {
    const offer = await transaction
      .selectFrom('offer')
      .innerJoin('licence', 'licence.id', 'offer.licence_id')
      .selectAll('offer')
      .select('licence.agency_id')
      .where('code_hash', '=', hashSecret(code))
      .executeTakeFirst()
    if (offer === undefined) return 'offer/unknown'
    if (offer.state !== 'open') return STATE_FAULTS[offer.state]
    if (offer.expires_at <= services.now()) return 'offer/expired'
    if (!isSame(txCode, transactionCode(services.keys, offer.id))) {
      const wrongAttempts = offer.wrong_attempts + 1
      await transaction
        .updateTable('offer')
        .set({
          wrong_attempts: wrongAttempts,
          state: wrongAttempts >= MAX_WRONG_ATTEMPTS ? 'locked' : 'open',
        })
        .where('id', '=', offer.id)
        .execute()
      return 'offer/wrong-code'
    }
    // Else the offer would be used up for a licence that cannot be drafted.
    await licenceSealOf(services, transaction, offer.agency_id)
    await transaction
      .updateTable('offer')
      .set({ state: 'redeemed' })
      .where('id', '=', offer.id)
      .execute()
    await transaction.deleteFrom('access_token').where('expires_at', '<=', services.now()).execute()
    await transaction
      .insertInto('access_token')
      .values({
        hash: hashSecret(accessToken),
        offer_id: offer.id,
        expires_at: services.now() + TOKEN_LIFE_SECONDS,
      })
      .execute()
    return undefined
  })
  if (refusal !== undefined) throw fault(refusal)
  return { access_token: accessToken, token_type: 'Bearer', expires_in: TOKEN_LIFE_SECONDS }
}

function isSame(received: string, expected: string): boolean {
  const a = Buffer.from(hashSecret(received))
  const b = Buffer.from(hashSecret(expected))
  return timingSafeEqual(a, b)
}
