/** The tables of offers and of what wallets fetch with them (OpenID4VCI); columns as in `schema.ts`. */

/**
 * A credential offer; its code and transaction code derive from `id`, only the code's hash is kept. What an offer that `replaces`
 * gives out revokes every earlier copy of the licence.
 */
export interface OfferTable {
  id: string
  licence_id: string
  code_hash: string
  state: 'open' | 'redeemed' | 'locked' | 'withdrawn'
  wrong_attempts: number
  expires_at: number
  actor_id: string
  created_at: number
  replaces: number
}

/** An access token of OpenID4VCI, hashed; with a thumbprint it counts only with proofs of that key (RFC 9449). */
export interface AccessTokenTable {
  hash: string
  offer_id: string
  expires_at: number
  dpop_thumbprint: string | null
}

/** A DPoP proof that was used, by the hash of its key's thumbprint and its `jti`. */
export interface DpopProofTable {
  hash: string
  expires_at: number
}

/**
 * A pushed authorization request by the hash of its `request_uri`: for the licence of an offer or of a type. Once answered it
 * has a code and, where a licence was chosen, that licence; `used` once the code was redeemed.
 */
export interface AuthorizationRequestTable {
  hash: string
  client_id: string
  redirect_uri: string
  state: string | null
  code_challenge: string
  dpop_thumbprint: string | null
  offer_id: string | null
  type_code: string | null
  code_hash: string | null
  licence_id: string | null
  used: number
  expires_at: number
}

/** What a wallet told of the copies of one securing of an offer. */
export interface NotificationTable {
  offer_id: string
  form: 'sd-cwt' | 'sd-jwt' | 'mdoc'
  event: 'credential_accepted' | 'credential_failure' | 'credential_deleted'
  told_at: number
}

/** A credential request that waits, by the hash of its `transaction_id`; `keys` are the proved ones, JWKs. */
export interface DeferredTable {
  hash: string
  offer_id: string
  form: 'sd-cwt' | 'sd-jwt' | 'mdoc'
  keys: string
  expires_at: number
}

/** A `c_nonce` that was given out and not used yet, hashed. */
export interface NonceTable {
  hash: string
  expires_at: number
}
