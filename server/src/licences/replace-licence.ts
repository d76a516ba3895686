/**
 * A licence's next version (延续, 变更): the same serial with another period or other facts. The version before it ends as replaced in the
 * same transaction, so that there are never two in force, and none that is both revoked and followed (case CN02).
 */
import { fault } from '@onetrip/codec'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import { loadOwnLicence } from './load-licence.ts'
import { type NextVersion, takePlace } from './take-place.ts'

/** Who replaces which licence, by what. */
export interface ReplaceCommand {
  readonly actor: Actor
  readonly licenceId: string
  readonly next: NextVersion
  readonly repeatable: RepeatableRequest
}

/**
 * Issues the next version of a licence in force and returns the answer's JSON text, as issuing does; the same text for each retry.
 * Throws what issuing throws, `licence/not-found`, `licence/revoked`, and `status/suspended`: no way around a suspension.
 */
export function replaceLicence(services: Services, command: ReplaceCommand): Promise<string> {
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request: command.repeatable,
      make: () => recordNext(services, transaction, command),
    }),
  )
}

async function recordNext(
  services: Services,
  transaction: StorageTransaction,
  { actor, licenceId, next }: ReplaceCommand,
): Promise<string> {
  const licence = await loadOwnLicence(transaction, actor.agencyId, licenceId)
  assertAllowed(actor, 'issue', licence.type_code)
  assertAllowed(actor, 'change-status', licence.type_code)
  if (licence.status === 'revoked') throw fault('licence/revoked')
  if (licence.status === 'suspended') throw fault('status/suspended')
  return takePlace(services, transaction, { actor, licence, next, end: { kind: 'replaced' } })
}
