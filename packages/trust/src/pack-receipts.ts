/**
 * Receipts of the log that a pack brings beside its trust data, for licences that are shown without one: deterministic CBOR, an array of
 * [SHA-256 of the entry (RFC 9162 §2.1.1), receipt (RFC 9942)], each hash once. No metadata name it and nobody vouches for it: each receipt is judged as if
 * it had come with a code. It holds hashes, and nothing of what a licence says or whose it is.
 */
import {
  type CborValue,
  decodeCbor,
  encodeCbor,
  Fault,
  fault,
  isArray,
  isBytes,
  toHex,
} from '@onetrip/codec'
import { HASH_BYTES, MAX_RECEIPT_BYTES } from '@onetrip/log'
import { MAX_PACK_BYTES, type PackSource, parsePackIndex, withMember } from './pack.ts'
import { packMember } from './pack-fetcher.ts'

/** Most receipts that a pack brings. */
export const MAX_PACK_RECEIPTS = 10_000

const PATH = 'receipts.cbor'
/** Ten thousand of a log of any length that there will be, about 1 kB each. */
const MAX_BYTES = 16_777_216
const LIMITS = { maxBytes: MAX_BYTES, maxItems: 3 * MAX_PACK_RECEIPTS + 1, maxDepth: 3 }

/** A receipt for the entry of this hash, or so the pack says. */
export interface PackReceipt {
  /** 32 bytes. */
  readonly leaf: Uint8Array
  readonly receipt: Uint8Array
}

/** A pack with these receipts, in the order given; neighbours in the log beside each other take the least room. Throws `pack/too-large`. */
export function withPackReceipts(
  pack: Uint8Array,
  receipts: readonly PackReceipt[],
  deflate: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  if (receipts.length > MAX_PACK_RECEIPTS) throw fault('pack/too-large')
  const bytes = encodeCbor(receipts.map(({ leaf, receipt }) => [leaf, receipt]))
  if (bytes.length > MAX_BYTES) throw fault('pack/too-large')
  const made = withMember(pack, PATH, bytes, deflate)
  if (made.length > MAX_PACK_BYTES) throw fault('pack/too-large')
  parsePackIndex(made, made.length)
  return made
}

/**
 * The receipts of a pack, none where it brings none; each with a buffer of its own, so that it can be kept without the others. Throws
 * `pack/member` for what is no list of them, `trust/too-large`, and as `readPackIndex`.
 */
export async function readPackReceipts(source: PackSource): Promise<readonly PackReceipt[]> {
  const bytes = await packMember(source, PATH, MAX_BYTES)
  if (bytes === undefined) return []
  const listed = decode(bytes)
  const receipts = listed.map(parseOne)
  if (new Set(receipts.map(({ leaf }) => toHex(leaf))).size !== receipts.length) {
    throw fault('pack/member')
  }
  return receipts
}

function decode(bytes: Uint8Array): readonly CborValue[] {
  try {
    const listed = decodeCbor(bytes, LIMITS)
    if (isArray(listed) && listed.length <= MAX_PACK_RECEIPTS) return listed
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  throw fault('pack/member')
}

function parseOne(entry: CborValue): PackReceipt {
  const [leaf, receipt, ...rest] = isArray(entry) ? entry : []
  if (!isBytes(leaf) || leaf.length !== HASH_BYTES || rest.length > 0) throw fault('pack/member')
  if (!isBytes(receipt) || receipt.length > MAX_RECEIPT_BYTES) throw fault('pack/member')
  return { leaf: new Uint8Array(leaf), receipt: new Uint8Array(receipt) }
}
