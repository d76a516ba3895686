/**
 * The token endpoint: a pre-authorized code and its transaction code for an access token, once
 * (OpenID4VCI 1.0 §6). Guessing locks the offer; answers to a known code differ only by their code.
 */
import { timingSafeEqual } from 'node:crypto'
import { fault, type JsonObject } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { grantToken } from '../oauth/access-token.ts'
import { transactionCode } from '../offers/offer-secrets.ts'
import { offerFault } from '../offers/open-offer.ts'
import { recordAct } from '../record/append.ts'
import { licenceSealOf } from '../seals/licence-seal.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'

const MAX_WRONG_ATTEMPTS = 5

/**
 * Answers a token request's form; an access token for the key `dpop` where one sent it. Throws `openid/token-request`, `offer/*`; `seal/state`,
 * `seal/expired` while the agency's seal for licences is not in use, and the offer stays open;
 * unknown members are ignored (RFC 6749 §3.2).
 */
export async function redeemCode(
  services: Services,
  form: ReadonlyMap<string, string>,
  dpop: string | undefined,
): Promise<JsonObject> {
  const code = form.get('pre-authorized_code')
  const txCode = form.get('tx_code')
  if (!code || !txCode) throw fault('openid/token-request')
  // A wrong attempt has to be counted, so the refusal is thrown after the commit.
  const answer = await transact(services.storage, async (transaction) => {
    const offer = await transaction
      .selectFrom('offer')
      .innerJoin('licence', 'licence.id', 'offer.licence_id')
      .selectAll('offer')
      .select('licence.agency_id')
      .where('code_hash', '=', hashSecret(code))
      .executeTakeFirst()
    if (offer === undefined) return 'offer/unknown'
    const { agency_id: agency, licence_id: licence } = offer
    const closed = offerFault(offer, services.now())
    if (closed !== undefined) return closed
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
      const facts = { offer: offer.id, licence, attempts: wrongAttempts }
      await recordAct(services, transaction, { act: 'offer/wrong-code', agency, facts })
      return 'offer/wrong-code'
    }
    // Else the offer would be used up for a licence that cannot be drafted.
    await licenceSealOf(services, transaction, offer.agency_id)
    await transaction
      .updateTable('offer')
      .set({ state: 'redeemed' })
      .where('id', '=', offer.id)
      .execute()
    const facts = { offer: offer.id, licence }
    await recordAct(services, transaction, { act: 'offer/redeem', agency, facts })
    return grantToken(services, transaction, { offerId: offer.id, dpop })
  })
  if (typeof answer === 'string') throw fault(answer)
  return answer
}

function isSame(received: string, expected: string): boolean {
  const a = Buffer.from(hashSecret(received))
  const b = Buffer.from(hashSecret(expected))
  return timingSafeEqual(a, b)
}
