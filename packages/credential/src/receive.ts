/** What a holder checks of a credential's structure before keeping it; trust is checked by the verifier. */
import { fault, type PublicKey, samePublicKey } from '@onetrip/codec'
import type { CredentialClaims } from './credential-claims.ts'
import { decodeOuterSign1, isCwtKeyBinding } from './kb-cwt.ts'
import { readClaims } from './licence-claims.ts'
import { parseSdCwt, type SdCwt } from './sd-cwt.ts'
import { openSdJwt, parseSdJwt, type SdJwt } from './sd-jwt.ts'
import type { TypeDefinition } from './type-definition.ts'

/** What the holder expects. */
export interface ReceiveInput<Credential> {
  readonly credential: Credential
  /** The key the holder offered for this securing. */
  readonly holderKey: PublicKey
  readonly type: TypeDefinition
}

/**
 * Parses an SD-CWT as received from its issuer. Throws `sd-jwt/unexpected-key-binding` (SD14),
 * `holder/mismatch`, `credential/wrong-type` (another licence type), `claim/*`, and what `parseSdCwt` throws.
 */
export function receiveSdCwt(input: ReceiveInput<Uint8Array>): SdCwt {
  const sign1 = decodeOuterSign1(input.credential)
  if (isCwtKeyBinding(sign1)) throw fault('sd-jwt/unexpected-key-binding')
  const sdCwt = parseSdCwt(sign1)
  const { vct, typeVersion } = sdCwt.claims
  const { typeCode, version } = input.type
  if (vct !== typeCode || typeVersion !== version) throw fault('credential/wrong-type')
  assertWhole(sdCwt.claims, input)
  return sdCwt
}

/**
 * Parses an SD-JWT VC as received from its issuer. Throws `sd-jwt/unexpected-key-binding` (SD14),
 * `holder/mismatch`, `credential/wrong-type` (another licence type), `claim/*`, and what `parseSdJwt` throws.
 */
export function receiveSdJwt(input: ReceiveInput<string>): SdJwt {
  if (openSdJwt(input.credential).keyBindingText !== undefined) {
    throw fault('sd-jwt/unexpected-key-binding')
  }
  const sdJwt = parseSdJwt(input.credential)
  if (sdJwt.claims.vct !== input.type.vct) throw fault('credential/wrong-type')
  assertWhole(sdJwt.claims, input)
  return sdJwt
}

function assertWhole(claims: CredentialClaims, { type, holderKey }: ReceiveInput<unknown>): void {
  if (claims.holderKey === undefined || !samePublicKey(claims.holderKey, holderKey)) {
    throw fault('holder/mismatch')
  }
  const names = new Set(readClaims(type, claims.raw).map((claim) => claim.name))
  if (type.claims.some((claim) => claim.mandatory && !names.has(claim.name))) {
    throw fault('claim/missing')
  }
}
