/**
 * Puts SD-CWTs, their key bindings and paper codes together part by part, right or wrong, without the
 * code that issues them: what the vectors hold is a second reading of the same clauses.
 */
import {
  type CborKey,
  type CborMap,
  type CborValue,
  concatBytes,
  encodeCbor,
  encodeSign1,
  type PublicKey,
  publicKeyToCose,
  REDACTED_KEYS,
  type Signer,
  sha256,
  sigStructure,
} from '@onetrip/codec'
import { fixedSalt } from './forge-signers.ts'

const COSE_ALGORITHM: Readonly<Record<string, number>> = { Ed25519: -19, ES256: -9 }

/** What a forged credential says; every part can be replaced. */
export interface CborParts {
  readonly signer: Signer
  readonly iss: string
  readonly typeCode: string
  readonly issuedAt?: number
  readonly expiresAt?: CborValue
  readonly status?: CborValue
  readonly holderKey?: PublicKey | undefined
  /** The licence map's plain entries. */
  readonly licence: readonly (readonly [number | string, CborValue])[]
  /** Entries to redact; disclosed when `disclose` names their key. */
  readonly redacted?: readonly (readonly [number, CborValue])[]
  readonly disclose?: readonly number[]
  /** Claims that replace or join the payload's; `undefined` takes one out. */
  readonly claims?: readonly (readonly [number, CborValue | undefined])[]
  /** The same for the protected header. */
  readonly header?: readonly (readonly [number, CborValue | undefined])[]
  readonly unprotected?: readonly (readonly [number, CborValue])[]
  /** Disclosures as sent, in place of those that `disclose` names. */
  readonly disclosures?: readonly Uint8Array[]
  /** Digests besides the right ones. */
  readonly extraDigests?: readonly Uint8Array[]
  readonly protectedBytes?: Uint8Array
  readonly payload?: Uint8Array
  readonly signature?: Uint8Array
  readonly typ?: number
}

/** What a forged key binding says. */
export interface BindingParts {
  readonly signer: Signer
  readonly audience?: CborValue
  readonly issuedAt?: CborValue
  readonly expiresAt?: CborValue
  readonly nonce?: Uint8Array
  readonly mode?: CborValue
  readonly purpose?: CborValue
  readonly typ?: number
  readonly claims?: readonly (readonly [number, CborValue | undefined])[]
}

/** The disclosure of one entry: `[salt, value, key]`. */
export function forgeDisclosure(key: CborValue, value: CborValue): Uint8Array {
  return encodeCbor([fixedSalt(`cbor ${String(key)}`), value, key])
}

/** SHA-256 over the disclosure as an encoded byte string (draft-ietf-spice-sd-cwt §5.1). */
export function forgeDigest(disclosure: Uint8Array): Uint8Array {
  return sha256(encodeCbor(disclosure))
}

/** An SD-CWT, or a paper code when `typ` says so. */
export async function forgeCwt(parts: CborParts): Promise<Uint8Array> {
  const redacted = (parts.redacted ?? []).map(([key, value]) => ({
    key,
    disclosure: forgeDisclosure(key, value),
  }))
  const digests = [
    ...redacted.map(({ disclosure }) => forgeDigest(disclosure)),
    ...(parts.extraDigests ?? []),
  ].sort(compare)
  const licence = new Map<CborKey, CborValue>(parts.licence)
  if (digests.length > 0) licence.set(REDACTED_KEYS, digests)
  const shown = redacted.filter(({ key }) => parts.disclose?.includes(key))
  const disclosures = parts.disclosures ?? shown.map(({ disclosure }) => disclosure)
  const protectedBytes =
    parts.protectedBytes ??
    encodeCbor(
      changed(
        [
          [1, COSE_ALGORITHM[parts.signer.publicKey.algorithm] ?? 0],
          [4, parts.signer.publicKey.kid],
          [16, parts.typ ?? 293],
        ],
        parts.header,
      ),
    )
  const payload = parts.payload ?? encodeCbor(changed(payloadOf(parts, licence), parts.claims))
  const signature = await parts.signer.sign(sigStructure({ protectedBytes, payload }))
  const unprotectedHeader = changed(
    disclosures.length === 0 ? [] : [[17, disclosures]],
    parts.unprotected,
  )
  return encodeSign1({
    protectedBytes,
    unprotectedHeader,
    payload,
    signature: parts.signature ?? signature,
  })
}

/** A key binding token over an SD-CWT, which stands in its protected header as received. */
export async function forgeBinding(
  credential: Uint8Array,
  parts: BindingParts,
): Promise<Uint8Array> {
  const { signer } = parts
  const algorithm = encodeCbor(COSE_ALGORITHM[signer.publicKey.algorithm] ?? 0)
  const typ = encodeCbor(parts.typ ?? 294)
  const protectedBytes = concatBytes(
    Uint8Array.of(0xa3, 0x01),
    algorithm,
    Uint8Array.of(0x0d),
    credential,
    Uint8Array.of(0x10),
    typ,
  )
  const payload = encodeCbor(
    changed(
      [
        [3, parts.audience ?? 'onetrip:live'],
        [4, parts.expiresAt],
        [6, parts.issuedAt],
        [39, parts.nonce],
        [-65538, parts.mode],
        [-65539, parts.purpose],
      ],
      parts.claims,
    ),
  )
  const signature = await signer.sign(sigStructure({ protectedBytes, payload }))
  return encodeSign1({ protectedBytes, payload, signature })
}

function payloadOf(
  parts: CborParts,
  licence: CborMap,
): readonly (readonly [number, CborValue | undefined])[] {
  return [
    [1, parts.iss],
    [4, parts.expiresAt],
    [6, parts.issuedAt],
    [8, parts.holderKey && new Map([[1, publicKeyToCose(parts.holderKey)]])],
    [11, parts.typeCode],
    [65535, parts.status],
    [-65537, licence],
  ]
}

function changed(
  entries: readonly (readonly [number, CborValue | undefined])[],
  changes: readonly (readonly [number, CborValue | undefined])[] = [],
): CborMap {
  const map = new Map<CborKey, CborValue>()
  for (const [key, value] of [...entries, ...changes]) {
    if (value === undefined) map.delete(key)
    else map.set(key, value)
  }
  return map
}

function compare(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b)
}
