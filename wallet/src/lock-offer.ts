/**
 * When the wallet offers a lock: with the first licence, and, put off once, again a day later or with
 * the next licence. What the holder then decides stands; the settings keep the choice open.
 */

/** A day. */
const AGAIN_AFTER_SECONDS = 86_400

/** What the holder said to the offer so far. */
export interface LockOffer {
  /** Unix seconds. */
  readonly postponedAt?: number
  readonly declined?: boolean
}

/** What the offer looks like: with `later`, with `decline`, or not at all. */
export type LockOfferState = 'first' | 'again' | 'none'

/** Whether to offer a lock; `receivedAt` are the moments the held licences came. */
export function lockOfferState(
  offer: LockOffer,
  held: { readonly receivedAt: readonly number[]; readonly now: number },
): LockOfferState {
  const { postponedAt, declined } = offer
  if (held.receivedAt.length === 0 || declined === true) {
    return 'none'
  }
  if (postponedAt === undefined) {
    return 'first'
  }
  const isLater = Math.abs(held.now - postponedAt) >= AGAIN_AFTER_SECONDS
  return isLater || held.receivedAt.some((at) => at > postponedAt) ? 'again' : 'none'
}
