/** The proof that the wallet holds a key (OpenID4VCI 1.0 §8.2.1.1, appendix F.1): key in the header, nothing looked up. */
import {
  decodeJws,
  Fault,
  fault,
  isObject,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  samePublicKey,
  verifyJws,
} from '@onetrip/codec'
import { verifyKeyAttestation } from './key-attestation.ts'

const PROOF_TYPE = 'openid4vci-proof+jwt'
/** With an attestation in its header. */
const MAX_PROOF_CHARACTERS = 24_576
/** The nonce says when; `iat` only has to be plausible, and phones' clocks are often minutes off. */
const CLOCK_TOLERANCE_SECONDS = 3600

/** A verified proof; the nonce in it still has to be used up. */
export interface HolderProof {
  /** The key that signed it, or all that its attestation names and an attester vouches for (§8.2.1.1). */
  readonly keys: readonly PublicKey[]
  readonly nonce: string
}

/** A proof to verify. */
export interface ProofToVerify {
  readonly proof: string
  readonly audience: string
  /** Whose key attestations count. */
  readonly attesters: readonly PublicKey[]
  readonly now: number
  /** What the proof is for; obtaining a credential unless given. */
  readonly typ?: string
}

/**
 * Verifies a proof for `audience` at `now`. Every fault is `openid/proof`, but a missing nonce, which
 * is `openid/nonce`.
 */
export function verifyHolderProof(options: ProofToVerify): Promise<HolderProof> {
  return asProofFault(() => verifyStrictly(options))
}

/** Turns every fault into `openid/proof`, but `openid/nonce`. */
export async function asProofFault<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault && error.code !== 'openid/nonce') throw fault('openid/proof')
    throw error
  }
}

async function verifyStrictly(options: ProofToVerify): Promise<HolderProof> {
  const { proof, audience, attesters, now, typ: due = PROOF_TYPE } = options
  const jws = decodeJws(proof, { maxCharacters: MAX_PROOF_CHARACTERS })
  const { typ, jwk, kid, x5c, key_attestation: attestation } = jws.header
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
  if (attestation === undefined) return { keys: [key], nonce }
  if (typeof attestation !== 'string') throw fault('openid/proof')
  const attested = await verifyKeyAttestation({ attestation, attesters, now })
  if (!attested.keys.some((one) => samePublicKey(one, key))) throw fault('openid/proof')
  return { keys: attested.isVouched ? attested.keys : [key], nonce }
}
