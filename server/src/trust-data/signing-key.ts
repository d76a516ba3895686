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

/**
 * Trust data count for thirty days: whoever goes on with older ones is told so. A key that has been listed that long is
 * known to every verifier whose data count (promise O6).
 */
export const KNOWN_AFTER_SECONDS: number = 30 * 86_400

/**
 * The signer of the key that signs among an owner's keys for one thing: of those in force the newest that every verifier
 * knows, else the one that was listed first. Throws `key/unknown`.
 */
export function currentSigner(
  { keys, now }: Services,
  candidates: readonly SigningCandidate[],
): OwnSigner {
  const inForce = candidates.filter((key) => isInForce(key, now()))
  const [known] = inForce.filter((key) => isKnown(key, now())).sort(newestFirst)
  const [signing = known] = known === undefined ? inForce.sort(listedFirst) : []
  if (signing === undefined) throw fault('key/unknown')
  return { keyId: signing.id, signer: keys.signer(signing.id) }
}

/** Whether every verifier whose trust data count knows the key at `at`. */
export function isKnown(
  { listed_at: listedAt }: Pick<SigningCandidate, 'listed_at'>,
  at: number,
): boolean {
  return listedAt !== null && listedAt + KNOWN_AFTER_SECONDS <= at
}

function isInForce(key: SigningCandidate, now: number): boolean {
  const { not_before: notBefore, not_after: notAfter, retired_at: retiredAt } = key
  if (key.revoked_from !== null || notBefore > now || notAfter <= now) return false
  return retiredAt === null || retiredAt > now
}

/** A key that no published trust list names would sign what nobody can verify; first keys wait with all the others. */
function listedFirst(one: SigningCandidate, other: SigningCandidate): number {
  const [listedAt, otherAt] = [one.listed_at ?? Infinity, other.listed_at ?? Infinity]
  return listedAt === otherAt ? newestFirst(one, other) : listedAt - otherAt
}

function newestFirst(one: SigningCandidate, other: SigningCandidate): number {
  if (one.not_before !== other.not_before) return other.not_before - one.not_before
  return one.id < other.id ? 1 : -1
}
