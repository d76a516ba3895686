/**
 * Receipts of the log that came with what was scanned here, by the hash of their entry (32 bytes): a licence that was seen with its receipt
 * once is on record here without it. In memory alone, for they name licences; of many the first is forgotten.
 */
import { decodeCodeText, Fault, toHex } from '@onetrip/codec'
import { parsePresentation } from '@onetrip/credential'
import type { CodeInput } from '@onetrip/ui'
import type { Evidence, KeptReceipts } from '@onetrip/verifier'

/** Two busy days. */
const MAX_RECEIPTS = 2_000

/** What this counter has seen. */
export interface SeenReceipts {
  readonly find: KeptReceipts
  /** Takes the receipt of a single licence's code that was judged to hold. */
  readonly see: (input: CodeInput, evidence: Pick<Evidence, 'logged'>) => void
}

/** Makes an empty memory of at most `max` receipts. */
export function seenReceipts(max: number = MAX_RECEIPTS): SeenReceipts {
  const byLeaf = new Map<string, Uint8Array>()
  return {
    find: (leaf) => byLeaf.get(toHex(leaf)),
    see: (input, { logged }) => {
      const found = logged === undefined ? undefined : receiptIn(input)
      if (found === undefined) return
      byLeaf.delete(found.leaf)
      for (const first of byLeaf.keys()) {
        if (byLeaf.size < max) break
        byLeaf.delete(first)
      }
      byLeaf.set(found.leaf, found.receipt)
    },
  }
}

function receiptIn(
  input: CodeInput,
): { readonly leaf: string; readonly receipt: Uint8Array } | undefined {
  try {
    const bytes = typeof input === 'string' ? decodeCodeText(input) : input
    const { receipts, leaf } = parsePresentation(bytes)
    const [receipt] = receipts
    return receipt === undefined ? undefined : { leaf: toHex(leaf()), receipt }
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
