/** Access tokens of OpenID4VCI: 256 random bits, kept as their hash, for the credentials of one offer; by DPoP of one key only. */
import { fault, type JsonObject, toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import type { AppContext } from '../http/app-context.ts'
import type { Grant } from '../openid4vci/bind-copies.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import { verifyDpop } from './dpop.ts'

/** How long an access token lives. */
export const TOKEN_LIFE_SECONDS = 600

const TOKEN_BYTES = 32
const AUTHORIZATION = /^(bearer|dpop) ([A-Za-z0-9._~+/-]+=*)$/i

/**
 * Makes an access token for an offer and returns the token endpoint's answer (RFC 6749 §5.1, RFC 9449 §5); it takes effect
 * with the transaction.
 */
export async function grantToken(
  services: Services,
  transaction: StorageTransaction,
  grant: { readonly offerId: string; readonly dpop: string | undefined },
): Promise<JsonObject> {
  const token = toBase64url(services.random(TOKEN_BYTES))
  const now = services.now()
  await transaction.deleteFrom('access_token').where('expires_at', '<=', now).execute()
  await transaction
    .insertInto('access_token')
    .values({
      hash: hashSecret(token),
      offer_id: grant.offerId,
      expires_at: now + TOKEN_LIFE_SECONDS,
      dpop_thumbprint: grant.dpop ?? null,
    })
    .execute()
  const type = grant.dpop === undefined ? 'Bearer' : 'DPoP'
  return { access_token: token, token_type: type, expires_in: TOKEN_LIFE_SECONDS }
}

/**
 * The grant that a request's access token stands for. Throws `openid/access-token` (none, over, or sent in another way than
 * its kind: RFC 9449 §7.2), `openid/dpop`, `openid/dpop-nonce`.
 */
export async function authenticateGrant(services: Services, context: AppContext): Promise<Grant> {
  const match = AUTHORIZATION.exec(context.req.header('Authorization') ?? '')
  const [, scheme = '', token = ''] = match ?? []
  if (match === null) throw fault('openid/access-token')
  const row = await services.storage
    .selectFrom('access_token')
    .innerJoin('offer', 'offer.id', 'access_token.offer_id')
    .innerJoin('licence', 'licence.id', 'offer.licence_id')
    .selectAll('licence')
    .select(['offer.id as offer_id', 'access_token.dpop_thumbprint'])
    .where('access_token.hash', '=', hashSecret(token))
    .where('access_token.expires_at', '>', services.now())
    .executeTakeFirst()
  if (row === undefined) throw fault('openid/access-token')
  const { offer_id: offerId, dpop_thumbprint: thumbprint, ...licence } = row
  const isBound = thumbprint !== null
  if (isBound !== (scheme.toLowerCase() === 'dpop')) throw fault('openid/access-token')
  if (isBound) {
    const sender = await provedSender(services, context, token)
    if (sender !== thumbprint) throw fault('openid/access-token')
  }
  return { offerId, licence }
}

/** The key whose DPoP proof came with a request; undefined without one. Throws `openid/dpop`, `openid/dpop-nonce`. */
export async function provedSender(
  services: Services,
  context: AppContext,
  accessToken?: string,
): Promise<string | undefined> {
  // Several header fields arrive joined by commas, which no compact JWS holds (RFC 9449 §4.3, step 1).
  const proof = context.req.header('DPoP')
  if (proof === undefined) return undefined
  const { method, path } = context.req
  return verifyDpop(services, {
    proof,
    method,
    path,
    ...(accessToken === undefined ? {} : { accessToken }),
  })
}
