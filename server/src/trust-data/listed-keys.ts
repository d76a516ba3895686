/** Which keys verifiers have been told of: a key signs only once it stands in a trust list that was published. */
import { type PublicKey, parseJson, toBase64url } from '@onetrip/codec'
import { parseTrustList, type TrustList } from '@onetrip/trust'
import type { StorageTransaction } from '../storage/database.ts'

/** A trust list of some thousand agencies. */
const LIMITS = { maxBytes: 8_388_608, maxItems: 1_048_576 } as const

/** Notes when keys stood in a published trust list first (Unix seconds). */
export async function markListed(
  transaction: StorageTransaction,
  keys: readonly PublicKey[],
  listedAt: number,
): Promise<void> {
  for (const key of keys) {
    await transaction
      .insertInto('listed_key')
      .values({ kid: toBase64url(key.kid), listed_at: listedAt })
      .onConflict((conflict) => conflict.column('kid').doNothing())
      .execute()
  }
}

/** The trust list in a document of the role `targets`. Throws the codes of its parser. */
export function trustListIn(document: Uint8Array): TrustList {
  return parseTrustList(parseJson(document, LIMITS))
}

/** The keys that a trust list names. */
export function keysIn({ agencies, offices, sealMakers }: TrustList): readonly PublicKey[] {
  return [...agencies, ...offices, ...sealMakers].flatMap(({ keys }) => keys.map(({ key }) => key))
}
