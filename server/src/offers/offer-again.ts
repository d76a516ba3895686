/** A further offer of a licence: a lost phone, a new one, a lost answer of the token endpoint. */
import { fault } from '@onetrip/codec'
import { withdrawCredentials } from '../licences/change-status.ts'
import { loadOwnLicence } from '../licences/load-licence.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import { makeOffer } from './make-offer.ts'

/** Who offers which licence again. */
export interface OfferCommand {
  readonly actor: Actor
  readonly licenceId: string
  /** Revoke what earlier offers gave out. */
  readonly withdrawEarlier: boolean
  readonly repeatable?: RepeatableRequest | undefined
}

/** Makes the offer and returns the answer's JSON text. Throws `auth/forbidden`, `licence/not-found`, `licence/revoked`. */
export async function offerAgain(services: Services, command: OfferCommand): Promise<string> {
  const { actor, repeatable: request } = command
  assertAllowed(actor, 'hand-out')
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request,
      make: () => makeFurtherOffer(services, transaction, command),
    }),
  )
}

async function makeFurtherOffer(
  services: Services,
  transaction: StorageTransaction,
  command: OfferCommand,
): Promise<string> {
  const { actor } = command
  const row = await loadOwnLicence(transaction, actor.agencyId, command.licenceId)
  assertAllowed(actor, 'hand-out', row.type_code)
  if (row.status === 'revoked') throw fault('licence/revoked')
  if (command.withdrawEarlier) {
    const { actorId } = actor
    await withdrawCredentials(services, transaction, { licenceId: row.id, actorId })
  }
  const offer = await makeOffer(services, transaction, {
    licence: {
      id: row.id,
      agencyId: row.agency_id,
      typeCode: row.type_code,
      status: row.status,
    },
    actorId: actor.actorId,
  })
  const { id, uri, expiresAt, txCode } = offer
  return JSON.stringify({ offer: { id, uri, expiresAt }, txCode })
}
