/**
 * One securing of a licence at a time: draft, lint, sign. A server stores the pending credential between
 * drafting and signing (ARCHITECTURE §7).
 */
import { fault, type PublicKey, type Signer, sigStructure, utf8Encode } from '@onetrip/codec'
import {
  assembleSdCwt,
  assembleSdJwt,
  buildMdoc,
  buildSdCwt,
  buildSdJwt,
  type LicenceFacts,
  MAX_CREDENTIAL_SECONDS,
  type TypeDefinition,
} from '@onetrip/credential'
import type { StatusReference } from '@onetrip/status'
import { lintSdCwt, lintSdJwt } from './lint.ts'
import { lintMdoc } from './lint-mdoc.ts'
import type { PendingMdoc, PendingSdCwt, PendingSdJwt } from './pending.ts'
import { assertSignsCwt, assertSignsJwt } from './signer-match.ts'

const SIGNATURE_BYTES = 64

/** Who issues. */
export interface IssuingAgency {
  /** Unified social credit code: `iss` in CBOR. */
  readonly id: string
  /** `iss` in JSON. */
  readonly issuerUrl: string
}

/** What is stated and how long the credential lives. */
export interface IssueOrder {
  readonly type: TypeDefinition
  readonly facts: LicenceFacts
  /** Names the agency's seal that the licence is issued under, 8 bytes; see `sealReference`. */
  readonly seal?: Uint8Array | undefined
  readonly agency: IssuingAgency
  /** Unix seconds. */
  readonly now: number
  /** Unix seconds, at most 400 days after `now`; left out, just that. */
  readonly expiresAt?: number
}

/** What one securing for a holder's key is drafted from. */
export interface SecuringOrder extends IssueOrder {
  /** The agency's public key; the signer that follows has to hold it. */
  readonly issuerKey: PublicKey
  readonly holderKey: PublicKey
  /** An entry of its own, given to nothing else. */
  readonly status: StatusReference
  /** Cryptographically strong. */
  readonly random: (length: number) => Uint8Array
}

/** A linted draft with its salts (base64url), to compare with those of the other securing. */
export interface Drafted<T> {
  readonly pending: T
  readonly salts: readonly string[]
}

/**
 * Drafts and lints an SD-CWT. Throws claim/* for facts that do not fit the type, credential/lint for a draft that
 * is not what was ordered, `TypeError` for a life over 400 days or a seal that is not named by 8 bytes.
 */
export function draftSdCwt(order: SecuringOrder): Drafted<PendingSdCwt> {
  const { agency } = order
  const stated = statedIn(order)
  const draft = buildSdCwt({ ...stated, issuer: agency.id })
  const salts = lintSdCwt(draft, { ...stated, iss: agency.id })
  const { protectedBytes, payload, disclosures } = draft
  return { pending: { protectedBytes, payload, disclosures }, salts }
}

/** Drafts and lints an SD-JWT VC. Throws as {@link draftSdCwt} does. */
export function draftSdJwt(order: SecuringOrder): Drafted<PendingSdJwt> {
  const { agency } = order
  const stated = statedIn(order)
  const draft = buildSdJwt({ ...stated, issuerUrl: agency.issuerUrl })
  const salts = lintSdJwt(draft, { ...stated, iss: agency.issuerUrl })
  const { signingInput, disclosures } = draft
  return { pending: { signingInput, disclosures }, salts }
}

/**
 * Drafts and lints an mdoc; `certificate` is the X.509 certificate of the agency's key, DER. Throws as {@link draftSdCwt} does.
 */
export function draftMdoc(
  order: SecuringOrder & { readonly certificate: Uint8Array },
): PendingMdoc {
  const { agency, certificate } = order
  const stated = statedIn(order)
  const { toBeSigned: _, ...pending } = buildMdoc({ ...stated, certificate, issuer: agency.id })
  lintMdoc(pending, { ...stated, iss: agency.id })
  return pending
}

/**
 * Signs a pending SD-CWT. Throws issuer/key-mismatch when the signer does not hold the key that the draft
 * names, signature/format when it answers anything but 64 bytes.
 */
export async function signSdCwt(pending: PendingSdCwt, signer: Signer): Promise<Uint8Array> {
  assertSignsCwt(pending.protectedBytes, signer)
  const signature = await signer.sign(sigStructure(pending))
  assertSignature(signature)
  return assembleSdCwt(pending, signature)
}

/** Signs a pending SD-JWT VC. Throws as {@link signSdCwt} does. */
export async function signSdJwt(pending: PendingSdJwt, signer: Signer): Promise<string> {
  assertSignsJwt(pending.signingInput, signer)
  const signature = await signer.sign(utf8Encode(pending.signingInput))
  assertSignature(signature)
  return assembleSdJwt(pending, signature)
}

/** Refuses a signer's answer that is not 64 bytes (a DER signature, say). Throws signature/format. */
export function assertSignature(signature: Uint8Array): void {
  if (signature.length !== SIGNATURE_BYTES) throw fault('signature/format')
}

/** End of the credential: as ordered, or 400 days after `now`. */
export function endOf({ now, expiresAt }: IssueOrder): number {
  return expiresAt ?? now + MAX_CREDENTIAL_SECONDS
}

function statedIn(order: SecuringOrder) {
  const { type, facts, seal, status, holderKey, random, now, issuerKey } = order
  const { kid, algorithm } = issuerKey
  const times = { issuedAt: now, expiresAt: endOf(order) }
  return { type, facts, seal, status, holderKey, random, ...times, kid, algorithm }
}
