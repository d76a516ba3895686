/** The proof that the wallet holds a key (OpenID4VCI 1.0 §8.2.1.1, appendix F.1): key in the header, nothing looked up. */
import {
  decodeJws,
  Fault,
  fault,
  isObject,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  verifyJws,
} from '@onetrip/codec'

const PROOF_TYPE = 'openid4vci-proof+jwt'
const MAX_PROOF_CHARACTERS = 8192
/** The nonce says when; `iat` only has to be plausible, and phones' clocks are often minutes off. */
const CLOCK_TOLERANCE_SECONDS = 3600

/** A verified proof; the nonce in it still has to be used up. */
export interface HolderProof {
  readonly key: PublicKey
  readonly nonce: string
}

/**
 * Verifies a proof for `audience` at `now`. Every fault is `openid/proof`, but a missing nonce, which
 * is `openid/nonce`.
 */
export async function verifyHolderProof(options: {
  readonly proof: string
  readonly audience: string
  readonly now: number
  /** What the proof is for; obtaining a credential unless given. */
  readonly typ?: string
}): Promise<HolderProof> {
  try {
    return await verifyStrictly(options)
  } catch (error) {
    if (error instanceof Fault && error.code !== 'openid/nonce') throw fault('openid/proof')
    throw error
  }
}

async function verifyStrictly(options: {
  readonly proof: string
  readonly audience: string
  readonly now: number
  readonly typ?: string
}): Promise<HolderProof> {
  const { proof, audience, now, typ: due = PROOF_TYPE } = options
  const jws = decodeJws(proof, { maxCharacters: MAX_PROOF_CHARACTERS })
  const { typ, jwk, kid, x5c } = jws.header
  if (typ !== due || kid !== undefined || x5c !== undefined) throw fault('openid/proof')
  if (!isObject(jwk)) throw fault('openid/proof')
  const key = publicKeyFromJwk(jwk)
  await verifyJws(jws, key)
  const claims = parseJson(jws.payload)
  if (!isObject(claims) || claims['aud'] !== audience) throw fault('openid/proof')
  const issuedAt = claims['iat']
  if (typeof issuedAt !== 'number' || Math.abs(issuedAt - now) > CLOCK_TOLERANCE_SECONDS) {
    throw fault('openid/proof')
  }
  // A wallet that names an end means it (RFC 7519 §4.1.4).
  const end = claims['exp']
  if (end !== undefined && !(typeof end === 'number' && end > now)) throw fault('openid/proof')
  const nonce = claims['nonce']
  if (typeof nonce !== 'string' || nonce === '') throw fault('openid/nonce')
  return { key, nonce }
}
