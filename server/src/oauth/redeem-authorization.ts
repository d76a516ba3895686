/**
 * The token endpoint for an authorization code (RFC 6749 §4.1.3): the code, the PKCE secret and a DPoP key for an access
 * token, once. Who brings a code a second time takes away what the first one got (§10.5).
 */
import { type ErrorCode, fault, type JsonObject, sha256Base64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { makeOffer } from '../offers/make-offer.ts'
import { assertOpen } from '../offers/open-offer.ts'
import { recordAct } from '../record/append.ts'
import { licenceSealOf } from '../seals/licence-seal.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { AuthorizationRequestTable } from '../storage/offer-schema.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { grantToken, TOKEN_LIFE_SECONDS } from './access-token.ts'

/** Grant type of RFC 6749 §4.1.3. */
export const AUTHORIZATION_CODE_GRANT = 'authorization_code'

const VERIFIER = /^[\w.~-]{43,128}$/

/**
 * Answers a token request's form that the key `dpop` sent. Throws `openid/token-request`, `openid/dpop` (none, or not the
 * key of the pushed request), `openid/code` (unknown, over, used, or not for this client, address or secret), `offer/*`;
 * `seal/state`, `seal/expired` while the agency's seal for licences is not in use, and the code stays good.
 */
export async function redeemAuthorization(
  services: Services,
  form: ReadonlyMap<string, string>,
  dpop: string | undefined,
): Promise<JsonObject> {
  const code = form.get('code')
  const verifier = form.get('code_verifier') ?? ''
  if (!code || !VERIFIER.test(verifier)) throw fault('openid/token-request')
  if (dpop === undefined) throw fault('openid/dpop')
  // What a second use takes away stays taken, so the refusal is thrown after the commit.
  const answer = await transact(services.storage, async (transaction) => {
    const row = await transaction
      .selectFrom('authorization_request')
      .selectAll()
      .where('code_hash', '=', hashSecret(code))
      .executeTakeFirst()
    if (row === undefined) return 'openid/code'
    if (row.used === 1) return withdrawn(services, transaction, row)
    const refusal = refusalOf(row, { form, verifier, dpop, now: services.now() })
    return refusal ?? redeem(services, transaction, { row, dpop })
  })
  if (typeof answer === 'string') throw fault(answer)
  return answer
}

async function withdrawn(
  services: Services,
  transaction: StorageTransaction,
  { offer_id: offerId }: AuthorizationRequestTable,
): Promise<ErrorCode> {
  if (offerId !== null) {
    const { numDeletedRows } = await transaction
      .deleteFrom('access_token')
      .where('offer_id', '=', offerId)
      .executeTakeFirstOrThrow()
    if (numDeletedRows > 0n) {
      await recordAct(services, transaction, { act: 'offer/take-back', facts: { offer: offerId } })
    }
  }
  return 'openid/code'
}

function refusalOf(
  row: AuthorizationRequestTable,
  request: {
    readonly form: ReadonlyMap<string, string>
    readonly verifier: string
    readonly dpop: string
    readonly now: number
  },
): ErrorCode | undefined {
  const { form, verifier, dpop, now } = request
  const isFor =
    row.expires_at > now &&
    form.get('client_id') === row.client_id &&
    form.get('redirect_uri') === row.redirect_uri &&
    sha256Base64url(verifier) === row.code_challenge
  if (!isFor) return 'openid/code'
  return row.dpop_thumbprint === null || row.dpop_thumbprint === dpop ? undefined : 'openid/dpop'
}

/** Redeems the offer whose state came along, or makes one that nobody else can redeem. */
async function redeem(
  services: Services,
  transaction: StorageTransaction,
  grant: { readonly row: AuthorizationRequestTable; readonly dpop: string },
): Promise<JsonObject> {
  const { row, dpop } = grant
  const licence = await transaction
    .selectFrom('licence')
    .selectAll()
    .where('id', '=', row.licence_id)
    .executeTakeFirstOrThrow()
  if (licence.status === 'revoked') throw fault('licence/revoked')
  await licenceSealOf(services, transaction, licence.agency_id)
  const offerId = row.offer_id ?? (await newOffer(services, transaction, licence))
  await assertOpen(services, transaction, offerId)
  await transaction
    .updateTable('offer')
    .set({ state: 'redeemed' })
    .where('id', '=', offerId)
    .execute()
  await transaction
    .updateTable('authorization_request')
    // Kept while its token lives: a second use takes that away.
    .set({ used: 1, offer_id: offerId, expires_at: services.now() + TOKEN_LIFE_SECONDS })
    .where('hash', '=', row.hash)
    .execute()
  await recordAct(services, transaction, {
    act: 'offer/redeem',
    agency: licence.agency_id,
    facts: { offer: offerId, licence: licence.id },
  })
  return grantToken(services, transaction, { offerId, dpop })
}

/** In the name of who granted the licence: its holder fetches it. */
async function newOffer(
  services: Services,
  transaction: StorageTransaction,
  row: LicenceTable,
): Promise<string> {
  const { id, agency_id: agencyId, type_code: typeCode, status } = row
  const licence = { id, agencyId, typeCode, status }
  const offer = await makeOffer(services, transaction, { licence, actorId: row.actor_id })
  return offer.id
}
