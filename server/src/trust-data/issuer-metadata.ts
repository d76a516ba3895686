/** Keys of an agency for verifiers without our trust list (draft-ietf-oauth-sd-jwt-vc §5). */
import { fault, isObject, type JsonObject, parseJson } from '@onetrip/codec'
import { agencyIssuerUrl } from '../config.ts'
import type { Services } from '../services.ts'

/** JWT VC issuer metadata of an agency; throws `http/not-found` for an unknown one. */
export async function issuerMetadata(services: Services, agencyId: string): Promise<JsonObject> {
  const keys = await services.storage
    .selectFrom('signing_key')
    .leftJoin('mdoc_certificate', 'mdoc_certificate.key_id', 'signing_key.id')
    .select(['kid', 'public_jwk', 'purpose', 'certificate', 'authority'])
    .where('agency_id', '=', agencyId)
    .where('revoked_from', 'is', null)
    .where('purpose', 'in', ['issue-jws', 'status-jws'])
    .orderBy('id')
    .execute()
  if (keys.length === 0) throw fault('http/not-found')
  return {
    issuer: agencyIssuerUrl(services.config, agencyId),
    jwks: {
      keys: keys.map((key) => {
        const jwk = parseJson(key.public_jwk)
        if (!isObject(jwk)) throw new TypeError('issuer metadata: stored JWK is not an object')
        const { certificate, authority } = key
        const chain = [certificate, authority].filter((text) => text !== null)
        // RFC 7517 §4.7: base64, not base64url; the key's own first.
        const x5c = chain.map((text) => Buffer.from(text, 'base64url').toString('base64'))
        return { ...jwk, kid: key.kid, use: 'sig', ...(x5c.length > 0 ? { x5c } : {}) }
      }),
    },
  }
}
