/** Reads an SD-CWT (draft-ietf-spice-sd-cwt): structure only; keys and trust are the verifier's. */
import {
  type CborLimits,
  type CborMap,
  decodeCbor,
  decodeSign1,
  fault,
  isArray,
  isBytes,
  isMap,
  type Sign1,
} from '@onetrip/codec'
import { type CborDisclosure, openCborDisclosures } from './cbor-disclosures.ts'
import type { CredentialClaims } from './credential-claims.ts'
import { assertHolderKey, type CwtPayload, parseCwtClaims } from './cwt-claims.ts'
import { HEADER, REDACTED_ELEMENT_TAG, SHA_256, TYP } from './labels.ts'

const PAYLOAD_LIMITS: CborLimits = { tags: [REDACTED_ELEMENT_TAG], redactedKeys: true }
const SD_CWT_TYPES: readonly unknown[] = [TYP.sdCwt, 'application/sd-cwt']

/** Any SD-CWT with its disclosures put in place. */
export interface OpenedSdCwt extends CwtPayload {
  readonly disclosures: readonly CborDisclosure[]
}

/** A licence as SD-CWT; its signature is not verified by parsing. */
export interface SdCwt {
  readonly form: 'sd-cwt'
  readonly sign1: Sign1
  readonly claims: CredentialClaims
  readonly disclosures: readonly CborDisclosure[]
}

/**
 * Parses an SD-CWT of a licence. Throws `credential/wrong-type` (another `typ`), `sd-cwt/*`, `credential/format`,
 * `time/format`, `status/*`, `key/*`, `cose/*`, `cbor/*`.
 */
export function parseSdCwt(input: Uint8Array | Sign1): SdCwt {
  const sign1 = input instanceof Uint8Array ? decodeSign1(input) : input
  const opened = openSdCwt(sign1)
  assertHolderKey(opened.signed)
  const claims = parseCwtClaims(opened)
  return { form: 'sd-cwt', sign1, claims, disclosures: opened.disclosures }
}

/**
 * Opens any SD-CWT, whatever it is about. Throws `credential/wrong-type`, `sd-cwt/hash-algorithm` (anything but
 * SHA-256), `credential/format`, and what decoding and `openCborDisclosures` throw.
 */
export function openSdCwt(sign1: Sign1): OpenedSdCwt {
  if (!SD_CWT_TYPES.includes(sign1.protectedHeader.get(HEADER.typ))) {
    throw fault('credential/wrong-type')
  }
  const hash = sign1.protectedHeader.get(HEADER.sdAlg)
  if (hash !== undefined && hash !== SHA_256) throw fault('sd-cwt/hash-algorithm')
  const signed = decodeCbor(sign1.payload, PAYLOAD_LIMITS)
  if (!isMap(signed)) throw fault('credential/format')
  const { claims, disclosures, hiddenCount } = openCborDisclosures(signed, sentDisclosures(sign1))
  return { signed, opened: claims, disclosures, hiddenCount }
}

/** The `sd_claims` of a received SD-CWT: none, or at least one byte string. */
export function sentDisclosures(sign1: {
  readonly unprotectedHeader: CborMap
}): readonly Uint8Array[] {
  const sent = sign1.unprotectedHeader.get(HEADER.sdClaims)
  if (sent === undefined) return []
  if (!isArray(sent) || sent.length === 0 || !sent.every(isBytes)) throw fault('sd-cwt/disclosure')
  return sent
}
