/** Which of an owner's keys signs: an agency's for one purpose, or an office's. */
import { fault, type Signer } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { ListedKeyTable, SigningKeyTable } from '../storage/schema.ts'

/** A signer with the id of its key row. */
export interface OwnSigner {
  readonly keyId: string
  readonly signer: Signer
}

/** A key that may be the one; `listed_at` tells since when verifiers know it. */
export type SigningCandidate = Pick<
  SigningKeyTable,
  'id' | 'not_before' | 'not_after' | 'revoked_from' | 'retired_at'
> & { readonly listed_at: ListedKeyTable['listed_at'] | null }

/** The signer of the newest key in force among an owner's keys for one thing. Throws `key/unknown`. */
export function newestSigner(
  { keys, now }: Services,
  candidates: readonly SigningCandidate[],
): OwnSigner {
  const [newest] = candidates.filter((key) => isInForce(key, now())).sort(newestFirst)
  if (newest === undefined) throw fault('key/unknown')
  return { keyId: newest.id, signer: keys.signer(newest.id) }
}

function isInForce(key: SigningCandidate, now: number): boolean {
  const { not_before: notBefore, not_after: notAfter, retired_at: retiredAt } = key
  if (key.revoked_from !== null || notBefore > now || notAfter <= now) return false
  return retiredAt === null || retiredAt > now
}

/** A key that no published trust list names would sign what nobody can verify; first keys wait with all the others. */
function newestFirst(one: SigningCandidate, other: SigningCandidate): number {
  const listed = Number(other.listed_at !== null) - Number(one.listed_at !== null)
  if (listed !== 0) return listed
  if (one.not_before !== other.not_before) return other.not_before - one.not_before
  return one.id < other.id ? 1 : -1
}
