/**
 * What will be signed. A pending licence is stored before the signer is called, so that whatever was
 * signed is known and can be revoked; after a crash the stored bytes are signed again, by Ed25519 to the
 * same credential (ARCHITECTURE §7).
 */
import type { CwtDraft, MdocDraft, SdCwtDraft, SdJwtDraft } from '@onetrip/credential'

/** An SD-CWT without its signature: encoded protected header, payload and all disclosures. */
export type PendingSdCwt = Pick<SdCwtDraft, 'protectedBytes' | 'payload' | 'disclosures'>

/** An SD-JWT VC without its signature: `header.payload` and all disclosures. */
export type PendingSdJwt = Pick<SdJwtDraft, 'signingInput' | 'disclosures'>

/** An mdoc without its signature: what is signed, what stands beside it, and all its elements. */
export type PendingMdoc = Omit<MdocDraft, 'toBeSigned'>

/** A paper code without its signature. */
export type PendingPaper = Pick<CwtDraft, 'protectedBytes' | 'payload'>

/** One licence in both securings, linted, awaiting its two signatures. */
export interface PendingLicence {
  readonly cbor: PendingSdCwt
  readonly jws: PendingSdJwt
}
