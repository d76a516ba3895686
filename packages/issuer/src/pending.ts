/**
 * What will be signed. A pending licence is stored before the signer is called, so that whatever was
 * signed is known and can be revoked; after a crash the stored bytes are signed again, by Ed25519 to the
 * same credential (ARCHITECTURE §7).
 */
import {
  type CborValue,
  decodeCbor,
  encodeCbor,
  fault,
  isArray,
  isBytes,
  isMap,
} from '@onetrip/codec'
import type { CwtDraft, SdCwtDraft, SdJwtDraft } from '@onetrip/credential'

/** An SD-CWT without its signature: encoded protected header, payload and all disclosures. */
export type PendingSdCwt = Pick<SdCwtDraft, 'protectedBytes' | 'payload' | 'disclosures'>

/** An SD-JWT VC without its signature: `header.payload` and all disclosures. */
export type PendingSdJwt = Pick<SdJwtDraft, 'signingInput' | 'disclosures'>

/** A paper code without its signature. */
export type PendingPaper = Pick<CwtDraft, 'protectedBytes' | 'payload'>

/** One licence in both securings, linted, awaiting its two signatures. */
export interface PendingLicence {
  readonly cbor: PendingSdCwt
  readonly jws: PendingSdJwt
}

const FORMAT = 1
const MEMBER = { format: 1, cbor: 2, jws: 3, paper: 4 } as const

/** Encodes a pending licence for storage: the CBOR map {1: 1, 2: SD-CWT parts, 3: SD-JWT parts}. */
export function encodePendingLicence({ cbor, jws }: PendingLicence): Uint8Array {
  return encodeCbor(
    new Map<number, CborValue>([
      [MEMBER.format, FORMAT],
      [MEMBER.cbor, [cbor.protectedBytes, cbor.payload, cbor.disclosures]],
      [MEMBER.jws, [jws.signingInput, jws.disclosures]],
    ]),
  )
}

/** Reads what {@link encodePendingLicence} stored. Throws credential/format and cbor/*. */
export function decodePendingLicence(bytes: Uint8Array): PendingLicence {
  const [protectedBytes, payload, disclosures] = partsOf(bytes, MEMBER.cbor)
  const [signingInput, texts] = partsOf(bytes, MEMBER.jws)
  const isCbor = isBytes(protectedBytes) && isBytes(payload)
  if (!isCbor || typeof signingInput !== 'string') throw fault('credential/format')
  if (!isArray(disclosures) || !disclosures.every(isBytes)) throw fault('credential/format')
  if (!isArray(texts) || !texts.every((text) => typeof text === 'string')) {
    throw fault('credential/format')
  }
  return {
    cbor: { protectedBytes, payload, disclosures },
    jws: { signingInput, disclosures: texts },
  }
}

/** Encodes a pending paper code for storage: the CBOR map {1: 1, 4: [protected header, payload]}. */
export function encodePendingPaper({ protectedBytes, payload }: PendingPaper): Uint8Array {
  return encodeCbor(
    new Map<number, CborValue>([
      [MEMBER.format, FORMAT],
      [MEMBER.paper, [protectedBytes, payload]],
    ]),
  )
}

/** Reads what {@link encodePendingPaper} stored. Throws credential/format and cbor/*. */
export function decodePendingPaper(bytes: Uint8Array): PendingPaper {
  const [protectedBytes, payload] = partsOf(bytes, MEMBER.paper)
  if (!isBytes(protectedBytes) || !isBytes(payload)) throw fault('credential/format')
  return { protectedBytes, payload }
}

function partsOf(bytes: Uint8Array, member: number): readonly CborValue[] {
  const stored = decodeCbor(bytes)
  if (!isMap(stored) || stored.get(MEMBER.format) !== FORMAT) throw fault('credential/format')
  const parts = stored.get(member)
  if (!isArray(parts)) throw fault('credential/format')
  return parts
}
