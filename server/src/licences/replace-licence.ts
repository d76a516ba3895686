/**
 * A licence's next version (延续, 变更): the same serial with another period or other facts. The version before it ends as replaced in the
 * same transaction, so that there are never two in force, and none that is both revoked and followed (case CN02).
 */
import { fault, isObject, parseJson } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import { setStatus } from './change-status.ts'
import { recordLicence } from './issue-licence.ts'
import { claimsOf, loadOwnLicence } from './load-licence.ts'

/** What the next version says; claims that are left out stay as they are, all of them. */
export interface NextVersion {
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly claims?: Readonly<Record<string, string | number>> | undefined
  readonly reason: string
  /** The law and its article. */
  readonly ground?: string | undefined
}

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
  const { reason, ground, validFrom, validTo } = next
  const answer = await recordLicence(services, transaction, {
    actor,
    request: {
      type: licence.type_code,
      serial: licence.serial,
      version: licence.version + 1,
      validFrom,
      validTo,
      claims: next.claims ?? claimsOf(licence),
      holderReference: licence.holder_reference ?? undefined,
    },
  })
  const nextId = idIn(answer)
  await transaction
    .insertInto('licence_replacement')
    .values({ licence_id: licenceId, next_id: nextId })
    .execute()
  await setStatus(services, transaction, {
    licence,
    actorId: actor.actorId,
    wish: { status: 'revoked', reason, kind: 'replaced', ground },
  })
  await recordAct(services, transaction, {
    act: 'licence/replace',
    agency: actor.agencyId,
    actor: actor.actorId,
    facts: { licence: licenceId, next: nextId },
  })
  return answer
}

function idIn(answer: string): string {
  const made = parseJson(answer)
  if (!isObject(made) || typeof made['id'] !== 'string') throw new TypeError('issue: no id')
  return made['id']
}
