/**
 * Where a credential stands in the logs of its issuer's trust data, by the receipts that came with it (RFC 9942, RFC 9162).
 *
 * A receipt's signature is over a root alone; size and index stand beside it, signed by nobody. Where a published checkpoint has that
 * root, the size is the checkpoint's, and the index follows: the tree of a size has one shape, so the turns of the path, which the root
 * fixes as long as SHA-256 holds, lead to one place in it (§2.1.3.2 takes each turn from the bits of the index and of the size, and ends
 * with the path); of another index some turn differs. Without a checkpoint neither is known, so only that it is there counts.
 */
import { concatBytes, type ErrorCode, fault, toBase64url } from '@onetrip/codec'
import type { Presentation } from '@onetrip/credential'
import { type Receipt, readReceipt, rootOfInclusion, verifySignedRoot } from '@onetrip/log'
import type { OpenedLog, Trust } from '@onetrip/trust'
import type { Settled } from './rule.ts'
import { settleAsync } from './settle.ts'

/** That a credential stands in a log. */
export interface Inclusion {
  readonly log: string
  /** Where; absent where no published checkpoint proves it. */
  readonly place?: InclusionPlace
}

/** A place in a log at one of its published checkpoints. */
export interface InclusionPlace {
  /** From 0. */
  readonly index: number
  /** Entries of the log at the checkpoint. */
  readonly size: number
  /** How many witnesses cosigned the checkpoint. */
  readonly witnesses: number
}

/** Gives the receipt that is kept, or may be had, for a leaf's hash (32 bytes), if any. */
export type KeptReceipts = (
  leaf: Uint8Array,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>

/** Says nothing for and nothing against a credential that another receipt proves to stand in a log. */
const PASSED_OVER: ReadonlySet<ErrorCode> = new Set(['receipt/unwitnessed', 'log/other-log'])
/** Roots that are remembered of each log: of its published checkpoints, and some that are newer. */
const MAX_ROOTS = 256
const ROOTS = new WeakMap<OpenedLog, Set<string>>()

/**
 * Judges the receipts that a credential carries, or the one that is kept for it: nothing where there is none, one or two places, or why one
 * of them does not hold: `log/receipt`, `log/proof`, `log/other-root`, `receipt/fork`; `receipt/unwitnessed` or `log/other-log` where none
 * of them says more.
 */
export async function findInclusions(
  presentation: Presentation,
  asked: {
    readonly trust: Pick<Trust, 'logs'>
    readonly now: number
    readonly receipts: KeptReceipts | undefined
  },
): Promise<Settled<readonly Inclusion[]> | undefined> {
  const { receipts: carried, claims } = presentation
  if (carried.length === 0 && asked.receipts === undefined) return undefined
  const leaf = presentation.leaf()
  const kept = carried.length === 0 ? await asked.receipts?.(leaf) : undefined
  const given = kept === undefined ? carried : [kept]
  if (given.length === 0) return undefined
  const { now } = asked
  // What is issued after a log's end does not stand in it, nor does anything before its beginning has come.
  const logs = asked.trust.logs.filter(
    ({ notBefore, notAfter }) => notBefore <= now && (claims.issuedAt ?? now) <= notAfter,
  )
  const judged = await Promise.all(
    given.map((bytes) => settleAsync(() => openInclusion(bytes, leaf, logs))),
  )
  const refused = judged.find(({ code }) => code !== undefined && !PASSED_OVER.has(code))
  if (refused?.code !== undefined) return { code: refused.code }
  const found = judged.flatMap(({ value }) => value ?? [])
  if (found.length > 0) return { value: found }
  const isUnwitnessed = judged.every(({ code }) => code === 'receipt/unwitnessed')
  return { code: isUnwitnessed ? 'receipt/unwitnessed' : 'log/other-log' }
}

/**
 * Whether a receipt proves an entry by its hash (32 bytes) to stand in a log of the trust data, as far as can be said before its credential is
 * seen. What does not is not worth keeping: where a code carries none, it would be judged in place of a good one.
 */
export async function isProofOfEntry(
  { leaf, receipt }: { readonly leaf: Uint8Array; readonly receipt: Uint8Array },
  { trust, now }: { readonly trust: Pick<Trust, 'logs'>; readonly now: number },
): Promise<boolean> {
  const logs = trust.logs.filter(({ notBefore }) => notBefore <= now)
  return (await settleAsync(() => openInclusion(receipt, leaf, logs))).code === undefined
}

async function openInclusion(
  bytes: Uint8Array,
  leaf: Uint8Array,
  logs: readonly OpenedLog[],
): Promise<Inclusion> {
  const receipt = readReceipt(bytes)
  const log = logs.find(({ name }) => name === receipt.log)
  if (log === undefined) throw fault('log/other-log')
  const { index, size } = receipt.proof
  const root = rootOfInclusion(leaf, receipt.proof)
  await assertSignedRoot(receipt, root, log)
  const anchor = await log.anchorOf(root)
  if (anchor !== undefined) {
    if (anchor.size !== size) throw fault('log/proof')
    return { log: log.name, place: { index, size, witnesses: anchor.witnesses } }
  }
  // The log signed another root of as many entries as everybody knows it by; or whoever shows it wrote another size beside an
  // honest root, which is no receipt either.
  if ((await log.anchorAt(size)) !== undefined) throw fault('receipt/fork')
  if (log.quorum > 0) throw fault('receipt/unwitnessed')
  return { log: log.name }
}

/** Checks the log's signature over a root; the very same one is looked at once for the same trust data. */
async function assertSignedRoot(receipt: Receipt, root: Uint8Array, log: OpenedLog): Promise<void> {
  const { protectedBytes, signature } = receipt.sign1
  const id = toBase64url(concatBytes(protectedBytes, signature, root))
  const roots = ROOTS.get(log) ?? new Set()
  ROOTS.set(log, roots)
  if (roots.has(id)) return
  const checked = await settleAsync(() => verifySignedRoot(receipt, root, log.key))
  // The path of another leaf leads to another root, which nobody signed.
  if (checked.code !== undefined) throw fault('log/other-root')
  if (roots.size >= MAX_ROOTS) roots.clear()
  roots.add(id)
}
