/**
 * Issuing a licence in both securings at once, and on paper (ARCHITECTURE §2): draft, lint, then sign. A server stores
 * what is pending between the two steps; `issueLicence` and `issuePaper` do both.
 */
import { type PublicKey, type Signer, sigStructure } from '@onetrip/codec'
import { assemblePaper, buildPaper } from '@onetrip/credential'
import type { StatusReference } from '@onetrip/status'
import { assertDistinctSalts, lintPaper } from './lint.ts'
import type { PendingLicence, PendingPaper } from './pending.ts'
import {
  assertSignature,
  draftSdCwt,
  draftSdJwt,
  endOf,
  type IssueOrder,
  signSdCwt,
  signSdJwt,
} from './securing.ts'
import { assertSignsCwt } from './signer-match.ts'

/** One of a thing for each securing. */
export interface PerSecuring<T> {
  /** SD-CWT. */
  readonly cbor: T
  /** SD-JWT VC. */
  readonly jws: T
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
 * Drafts both securings and lints them, no salt in one standing in the other. Throws as `draftSdCwt` does, and
 * `TypeError` for one status entry given twice.
 */
export function draftLicence(order: LicenceOrder): PendingLicence {
  const { issuerKeys, holderKeys, status } = order
  if (status.cbor.uri === status.jws.uri && status.cbor.index === status.jws.index) {
    throw new TypeError('each securing needs a status entry of its own')
  }
  const cbor = draftSdCwt({
    ...order,
    issuerKey: issuerKeys.cbor,
    holderKey: holderKeys.cbor,
    status: status.cbor,
  })
  const jws = draftSdJwt({
    ...order,
    issuerKey: issuerKeys.jws,
    holderKey: holderKeys.jws,
    status: status.jws,
  })
  assertDistinctSalts([...cbor.salts, ...jws.salts])
  return { cbor: cbor.pending, jws: jws.pending }
}

/** Signs a pending licence. Throws as `signSdCwt` does. */
export async function signLicence(
  pending: PendingLicence,
  signers: PerSecuring<Signer>,
): Promise<IssuedLicence> {
  const [cbor, jws] = await Promise.all([
    signSdCwt(pending.cbor, signers.cbor),
    signSdJwt(pending.jws, signers.jws),
  ])
  return { cbor, jws }
}

/**
 * Drafts a paper code and lints it. Throws claim/*, credential/lint, qr/too-big when it would not fit its code,
 * `TypeError` when the type has no paper form.
 */
export function draftPaper(order: PaperOrder): PendingPaper {
  const { type, facts, seal, agency, now, issuerKey, status } = order
  const { kid, algorithm } = issuerKey
  const stated = { type, facts, seal, status, issuedAt: now, expiresAt: endOf(order) }
  const draft = buildPaper({ ...stated, kid, algorithm, issuer: agency.id })
  const pending = { protectedBytes: draft.protectedBytes, payload: draft.payload }
  lintPaper(pending, { ...stated, iss: agency.id })
  return pending
}

/** Signs a pending paper code. Throws as `signSdCwt` does. */
export async function signPaper(pending: PendingPaper, signer: Signer): Promise<Uint8Array> {
  assertSignsCwt(pending.protectedBytes, signer)
  const signature = await signer.sign(sigStructure(pending))
  assertSignature(signature)
  return assemblePaper(pending, signature)
}
