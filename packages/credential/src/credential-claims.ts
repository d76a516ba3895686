/** What a licence credential states besides its own claims, the same for each securing. */
import type { PublicKey } from '@onetrip/codec'
import type { StatusReference } from '@onetrip/status'
import type { RawClaims } from './licence-claims.ts'

/** Claims of a parsed credential; nothing here is trusted before its signature is verified. */
export interface CredentialClaims {
  /** Unified social credit code (SD-CWT, paper) or https issuer URL (SD-JWT VC). */
  readonly iss: string
  /** 21-character type code (SD-CWT, paper) or URI of the definition (SD-JWT VC). */
  readonly vct: string
  /** Unix seconds. */
  readonly issuedAt?: number
  /** Unix seconds. */
  readonly notBefore?: number
  /** Unix seconds; the end of the credential, not of the licence. */
  readonly expiresAt: number
  /** The holder's key; a paper code has none. */
  readonly holderKey?: PublicKey
  readonly status: StatusReference
  readonly serial: string
  readonly version: number
  /** First calendar day, Asia/Shanghai. */
  readonly validFrom: string
  /** Last calendar day; left out is long-term. */
  readonly validTo?: string
  /** Version of the type definition; left out where `vct` names it (SD-JWT VC). */
  readonly typeVersion?: number
  /** Names the seal that the licence was issued under, 8 bytes; see `sealReference`. */
  readonly seal?: Uint8Array
  /** Disclosed claims of the type's own, by key (CBOR) or name (JSON); see `readClaims`. */
  readonly raw: RawClaims
  /** How many redacted claims stay hidden. */
  readonly hiddenCount: number
}
