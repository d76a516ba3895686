/**
 * COSE receipts of inclusion (RFC 9942 §5.2): a COSE_Sign1 of the log over a tree's root, which is not in it but follows from the
 * entry and the path in the unprotected header. The labels stand in {@link LABEL}.
 */
import {
  ANY_KEY_ORDER,
  buildSign1,
  type CborKey,
  type CborMap,
  type CborValue,
  type DetachedSign1,
  decodeCbor,
  decodeDetachedSign1,
  encodeCbor,
  encodeSign1,
  fault,
  isArray,
  isBytes,
  isMap,
  type Signer,
  verifySign1,
} from '@onetrip/codec'
import { isCount } from './numbers.ts'
import type { VerifierKey } from './verifier-key.ts'
import { type InclusionProof, MAX_PATH, rootOfInclusion } from './verify-proof.ts'

const LABEL = { kid: 4, cwtClaims: 15, vds: 395, vdp: 396 } as const
/** The claim `iss` of a CWT. */
const ISSUER = 1
/** RFC9162_SHA256, the one verifiable data structure that is ours. */
const RFC9162_SHA256 = 1
const INCLUSION = -1

/** Longest receipt: a path of 53 hashes, two headers, one signature. */
export const MAX_RECEIPT_BYTES = 4_096
const LIMITS = { maxBytes: MAX_RECEIPT_BYTES, maxItems: 128, [ANY_KEY_ORDER]: true }

/** A receipt that nobody has verified. */
export interface Receipt {
  /** The log that it names, its issuer; empty where it names none. */
  readonly log: string
  /** Signed by nobody: only the root that follows from it is. */
  readonly proof: InclusionProof
  readonly sign1: DetachedSign1
}

/** Signs that an entry stands in the log of this root. The log's name is the receipt's issuer. */
export async function signReceipt(receipt: {
  readonly proof: InclusionProof
  readonly root: Uint8Array
  readonly log: string
  readonly signer: Signer
}): Promise<Uint8Array> {
  const { proof, root, log, signer } = receipt
  const { algorithm, kid } = signer.publicKey
  const protectedHeader = new Map<CborKey, CborValue>([
    [LABEL.kid, kid],
    [LABEL.cwtClaims, new Map<CborKey, CborValue>([[ISSUER, log]])],
    [LABEL.vds, RFC9162_SHA256],
  ])
  const { toBeSigned, protectedBytes } = buildSign1({ protectedHeader, payload: root, algorithm })
  return encodeReceipt({ protectedBytes, signature: await signer.sign(toBeSigned) }, proof)
}

/** The receipt of another entry under the root that a receipt's log signed: the signature is the same, for it is over the root alone. */
export function receiptBeside({ sign1 }: Receipt, proof: InclusionProof): Uint8Array {
  return encodeReceipt(sign1, proof)
}

/**
 * The root that the log signed over a tree with this leaf's hash. Size and index in a receipt are not signed, and other numbers may
 * lead to the same root, so they are not given out. Throws `log/receipt` for what is no receipt of one inclusion, or of
 * another structure; `log/other-log`; `log/proof`; `signature/format` and `signature/invalid`, also where the leaf is another's.
 */
export async function openReceipt(
  bytes: Uint8Array,
  leaf: Uint8Array,
  log: VerifierKey,
): Promise<Uint8Array> {
  const receipt = readReceipt(bytes)
  if (receipt.log !== log.name) throw fault('log/other-log')
  const root = rootOfInclusion(leaf, receipt.proof)
  await verifySignedRoot(receipt, root, log)
  return root
}

/** Takes a receipt apart. Throws `log/receipt` for what is no receipt of one inclusion, or of another structure. */
export function readReceipt(bytes: Uint8Array): Receipt {
  const sign1 = decode(bytes)
  const { protectedHeader, unprotectedHeader } = sign1
  if (protectedHeader.get(LABEL.vds) !== RFC9162_SHA256) throw fault('log/receipt')
  return { log: issuerOf(protectedHeader), proof: proofOf(unprotectedHeader), sign1 }
}

/** Checks that the log signed a root as a receipt has it. Throws `algorithm/not-allowed`, `signature/format`, `signature/invalid`. */
export function verifySignedRoot(
  { sign1 }: Receipt,
  root: Uint8Array,
  log: VerifierKey,
): Promise<void> {
  return verifySign1({ ...sign1, payload: root }, log.publicKey)
}

function encodeReceipt(
  { protectedBytes, signature }: Pick<DetachedSign1, 'protectedBytes' | 'signature'>,
  { size, index, path }: InclusionProof,
): Uint8Array {
  const proofs: CborMap = new Map([[INCLUSION, [encodeCbor([size, index, path])]]])
  const unprotectedHeader = new Map([[LABEL.vdp, proofs]])
  return encodeSign1({ protectedBytes, unprotectedHeader, payload: null, signature })
}

function decode(bytes: Uint8Array): DetachedSign1 {
  try {
    return decodeDetachedSign1(bytes, LIMITS)
  } catch {
    throw fault('log/receipt')
  }
}

function issuerOf(header: CborMap): string {
  const claims = header.get(LABEL.cwtClaims)
  const issuer = isMap(claims) ? claims.get(ISSUER) : undefined
  return typeof issuer === 'string' ? issuer : ''
}

function proofOf(header: CborMap): InclusionProof {
  const proofs = header.get(LABEL.vdp)
  const inclusions = isMap(proofs) ? proofs.get(INCLUSION) : undefined
  const [encoded, ...others] = isArray(inclusions) ? inclusions : []
  if (!isBytes(encoded) || others.length > 0) throw fault('log/receipt')
  const items = decodeProof(encoded)
  const [size, index, path, ...rest] = isArray(items) ? items : []
  if (!isCount(size) || !isCount(index) || !isArray(path) || rest.length > 0) {
    throw fault('log/receipt')
  }
  if (path.length > MAX_PATH || !path.every(isBytes)) throw fault('log/receipt')
  return { index, size, path }
}

function decodeProof(encoded: Uint8Array): CborValue {
  try {
    return decodeCbor(encoded, LIMITS)
  } catch {
    throw fault('log/receipt')
  }
}
