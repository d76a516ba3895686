/** The keys that a credential request proves (OpenID4VCI 1.0 §8.2.1): by a `jwt` for each, or by one `attestation` of all. */
import { fault, isObject, type JsonValue, jwkThumbprint, type PublicKey } from '@onetrip/codec'
import type { Services } from '../services.ts'
import { MAX_COPIES } from './bind-copies.ts'
import { asProofFault, type HolderProof, verifyHolderProof } from './holder-proof.ts'
import { verifyKeyAttestation } from './key-attestation.ts'

/** Keys that are proved, all different; the nonces still have to be used up. */
export interface ProvedKeys {
  readonly keys: readonly PublicKey[]
  readonly nonces: ReadonlySet<string>
}

/** Verifies the member `proofs`; throws `openid/proof`, and `openid/nonce` where one lacks its nonce. */
export async function verifyProofs(
  services: Pick<Services, 'config' | 'now'>,
  proofs: JsonValue | undefined,
): Promise<ProvedKeys> {
  if (proofs === undefined || !isObject(proofs)) throw fault('openid/proof')
  const [type, ...others] = Object.keys(proofs)
  if (others.length > 0) throw fault('openid/proof')
  const proved =
    type === 'attestation'
      ? await attestedKeys(services, textsOf(proofs['attestation'], 1))
      : await signedKeys(services, textsOf(proofs['jwt'], MAX_COPIES))
  // Two copies for one key would be linked by it.
  const isTwice = new Set(proved.keys.map(jwkThumbprint)).size !== proved.keys.length
  if (isTwice || proved.keys.length > MAX_COPIES) throw fault('openid/proof')
  return proved
}

async function signedKeys(
  services: Pick<Services, 'config' | 'now'>,
  texts: readonly string[],
): Promise<ProvedKeys> {
  const { apiOrigin: audience, keyAttesters: attesters } = services.config
  const proofs: HolderProof[] = []
  for (const proof of texts) {
    proofs.push(await verifyHolderProof({ proof, audience, attesters, now: services.now() }))
  }
  // A batch may have one nonce in all its proofs (appendix F.1).
  const nonces = new Set(proofs.map(({ nonce }) => nonce))
  return { keys: proofs.flatMap(({ keys }) => keys), nonces }
}

/** Nothing else proves these keys, so it takes an attester that we know, and our nonce. */
function attestedKeys(
  services: Pick<Services, 'config' | 'now'>,
  [attestation = '']: readonly string[],
): Promise<ProvedKeys> {
  return asProofFault(async () => {
    const { keyAttesters: attesters } = services.config
    const options = { attestation, attesters, now: services.now() }
    const { keys, nonce, isVouched } = await verifyKeyAttestation(options)
    if (!isVouched) throw fault('openid/proof')
    if (nonce === undefined) throw fault('openid/nonce')
    return { keys, nonces: new Set([nonce]) }
  })
}

function textsOf(value: JsonValue | undefined, most: number): readonly string[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : []
  if (list.length === 0 || list.length > most) throw fault('openid/proof')
  return list.map((text) => {
    if (typeof text !== 'string') throw fault('openid/proof')
    return text
  })
}
