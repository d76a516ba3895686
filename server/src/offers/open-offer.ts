/** Whether an offer may still be redeemed. */
import { type ErrorCode, fault } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { OfferTable } from '../storage/offer-schema.ts'

const STATE_FAULTS: Readonly<Record<Exclude<OfferTable['state'], 'open'>, ErrorCode>> = {
  redeemed: 'offer/used',
  locked: 'offer/locked',
  withdrawn: 'offer/withdrawn',
}

/** What is wrong with an offer that cannot be redeemed at `now` (Unix seconds): `offer/used`, `offer/locked`, `offer/withdrawn`, `offer/expired`. */
export function offerFault(
  offer: Pick<OfferTable, 'state' | 'expires_at'>,
  now: number,
): ErrorCode | undefined {
  if (offer.state !== 'open') return STATE_FAULTS[offer.state]
  return offer.expires_at <= now ? 'offer/expired' : undefined
}

/** Throws what {@link offerFault} says of a recorded offer. */
export async function assertOpen(
  services: Pick<Services, 'now'>,
  transaction: StorageTransaction,
  offerId: string,
): Promise<void> {
  const offer = await transaction
    .selectFrom('offer')
    .select(['state', 'expires_at'])
    .where('id', '=', offerId)
    .executeTakeFirstOrThrow()
  const code = offerFault(offer, services.now())
  if (code !== undefined) throw fault(code)
}
