/**
 * Issuing a licence in both securings, and on paper (DESIGN §2): draft, lint, then sign. A server stores the
 * pending licence between the two steps; `issueLicence` does both at once.
 */
import { fault, type PublicKey, type Signer, sigStructure, utf8Encode } from '@onetrip/codec'
import {
  assemblePaper,
  assembleSdCwt,
  assembleSdJwt,
  buildPaper,
  buildSdCwt,
  buildSdJwt,
  type LicenceFacts,
  MAX_CREDENTIAL_SECONDS,
  type TypeDefinition,
} from '@onetrip/credential'
import type { StatusReference } from '@onetrip/status'
import { lintLicence, lintPaper } from './lint.ts'
import type { PendingLicence, PendingPaper } from './pending.ts'
import { assertSignsCwt, assertSignsJwt } from './signer-match.ts'

/** One of a thing for each securing. */
export interface PerSecuring<T> {
  /** SD-CWT. */
  readonly cbor: T
  /** SD-JWT VC. */
  readonly jws: T
}

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
  readonly agency: IssuingAgency
  /** Unix seconds. */
  readonly now: number
  /** Unix seconds, at most 400 days after `now`; left out, just that. */
  readonly expiresAt?: number
}

/** What both securings of a licence are drafted from. */
export interface LicenceOrder extends IssueOrder {
  /** The agency's public keys; the signers that follow have to hold them. */
  readonly issuerKeys: PerSecuring<PublicKey>
  readonly holderKeys: PerSecuring<PublicKey>
  /** Two different entries, given to nothing else. */
  readonly status: PerSecuring<StatusReference>
  /** Cryptographically strong. */
  readonly random: (length: number) => Uint8Array
}

/** What a paper code is drafted from. */
export interface PaperOrder extends IssueOrder {
  readonly issuerKey: PublicKey
  /** An entry of its own, given to nothing else. */
  readonly status: StatusReference
}

/** A licence in both securings, each with all its disclosures. */
export interface IssuedLicence {
  readonly cbor: Uint8Array
  readonly jws: string
}

/**
 * Drafts and signs a licence at once, for where nothing is stored. Throws as {@link draftLicence} and
 * {@link signLicence} do.
 */
export function issueLicence(
  order: Omit<LicenceOrder, 'issuerKeys'> & { readonly signers: PerSecuring<Signer> },
): Promise<IssuedLicence> {
  const { signers } = order
  const issuerKeys = { cbor: signers.cbor.publicKey, jws: signers.jws.publicKey }
  return signLicence(draftLicence({ ...order, issuerKeys }), signers)
}

/** Drafts and signs a paper code at once. Throws as {@link draftPaper} and {@link signPaper} do. */
export function issuePaper(
  order: Omit<PaperOrder, 'issuerKey'> & { readonly signer: Signer },
): Promise<Uint8Array> {
  const { signer } = order
  return signPaper(draftPaper({ ...order, issuerKey: signer.publicKey }), signer)
}

/**
 * Drafts both securings and lints them. Throws claim/* for facts that do not fit the type, credential/lint for
 * a draft that is not what was ordered, `TypeError` for one status entry
 * given twice and for a life over 400 days.
 */
export function draftLicence(order: LicenceOrder): PendingLicence {
  const { type, facts, agency, now, issuerKeys, holderKeys, status, random } = order
  if (status.cbor.uri === status.jws.uri && status.cbor.index === status.jws.index) {
    throw new TypeError('each securing needs a status entry of its own')
  }
  const expiresAt = endOf(order)
  const stated = { type, facts, issuedAt: now, expiresAt, random }
  const cborInput = { ...stated, status: status.cbor, holderKey: holderKeys.cbor }
  const jwsInput = { ...stated, status: status.jws, holderKey: holderKeys.jws }
  const sdCwt = buildSdCwt({ ...cborInput, ...keyInput(issuerKeys.cbor), issuer: agency.id })
  const sdJwt = buildSdJwt({
    ...jwsInput,
    ...keyInput(issuerKeys.jws),
    issuerUrl: agency.issuerUrl,
  })
  const { protectedBytes, payload, disclosures } = sdCwt
  const pending: PendingLicence = {
    cbor: { protectedBytes, payload, disclosures },
    jws: { signingInput: sdJwt.signingInput, disclosures: sdJwt.disclosures },
  }
  lintLicence(pending, {
    cbor: { ...cborInput, iss: agency.id },
    jws: { ...jwsInput, iss: agency.issuerUrl },
  })
  return pending
}

/**
 * Signs a pending licence. Throws issuer/key-mismatch when a signer does not hold the key that the draft
 * names, signature/format when it answers anything but 64 bytes.
 */
export async function signLicence(
  { cbor, jws }: PendingLicence,
  signers: PerSecuring<Signer>,
): Promise<IssuedLicence> {
  assertSignsCwt(cbor.protectedBytes, signers.cbor)
  assertSignsJwt(jws.signingInput, signers.jws)
  const [cborSignature, jwsSignature] = await Promise.all([
    sign(signers.cbor, sigStructure(cbor)),
    sign(signers.jws, utf8Encode(jws.signingInput)),
  ])
  return { cbor: assembleSdCwt(cbor, cborSignature), jws: assembleSdJwt(jws, jwsSignature) }
}

/**
 * Drafts a paper code and lints it. Throws claim/*, credential/lint, qr/too-big when it would not fit its code,
 * `TypeError` when the type has no paper form.
 */
export function draftPaper(order: PaperOrder): PendingPaper {
  const { type, facts, agency, now, issuerKey, status } = order
  const stated = { type, facts, status, issuedAt: now, expiresAt: endOf(order) }
  const draft = buildPaper({ ...stated, ...keyInput(issuerKey), issuer: agency.id })
  const pending = { protectedBytes: draft.protectedBytes, payload: draft.payload }
  lintPaper(pending, { ...stated, iss: agency.id })
  return pending
}

/** Signs a pending paper code. Throws as {@link signLicence} does. */
export async function signPaper(pending: PendingPaper, signer: Signer): Promise<Uint8Array> {
  assertSignsCwt(pending.protectedBytes, signer)
  return assemblePaper(pending, await sign(signer, sigStructure(pending)))
}

function endOf({ now, expiresAt }: IssueOrder): number {
  return expiresAt ?? now + MAX_CREDENTIAL_SECONDS
}

function keyInput({ kid, algorithm }: PublicKey): Pick<PublicKey, 'kid' | 'algorithm'> {
  return { kid, algorithm }
}

async function sign(signer: Signer, data: Uint8Array): Promise<Uint8Array> {
  const signature = await signer.sign(data)
  if (signature.length !== 64) throw fault('signature/format')
  return signature
}
