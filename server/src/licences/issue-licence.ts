/**
 * Issuing a licence: record, serial, offer and both status indices in one transaction together with
 * the answer, so that a retry never issues twice and what was acknowledged is there (promises O1, O4).
 */

import { fault } from '@onetrip/codec'
import { licenceIdentifier } from '@onetrip/credential'
import { failpoint } from '../failpoint.ts'
import { makeOffer } from '../offers/make-offer.ts'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { assertNotOwn, peopleIn } from '../staff/own-matter.ts'
import { isUniqueViolation, type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { assertAgencyMayIssue, loadType } from '../trust-data/agencies.ts'
import { draftedSerials, nextFreeSerial } from './licence-numbers.ts'
import { factsOf, type LicenceRequest } from './licence-request.ts'

/** An authenticated, repeatable request to issue. */
export interface IssueCommand {
  readonly actor: Actor
  readonly request: LicenceRequest
  readonly repeatable: RepeatableRequest
}

/**
 * Issues one licence and returns the answer's JSON text; the same text for each retry. Throws
 * `auth/forbidden`, `type/unknown`, `issuer/type-not-allowed`, `claim/*`, `licence/exists`,
 * `idempotency/key-reused`.
 */
export async function issueLicence(services: Services, command: IssueCommand): Promise<string> {
  const { storage, config } = services
  const answer = await transact(storage, async (transaction) => {
    const made = await answerOnce(services, transaction, {
      request: command.repeatable,
      make: async () => {
        assertAllowed(command.actor, 'issue', command.request.type)
        await assertNotDrafted(transaction, command)
        return recordLicence(services, transaction, command)
      },
    })
    failpoint(config, 'issue/before-commit')
    return made
  })
  failpoint(config, 'issue/after-commit')
  return answer
}

/** A number that a case is about to give is that case's: its decision may be sealed already. */
async function assertNotDrafted(
  transaction: StorageTransaction,
  { actor, request }: Pick<IssueCommand, 'actor' | 'request'>,
): Promise<void> {
  if (request.serial === undefined) return
  const space = { agencyId: actor.agencyId, typeCode: request.type }
  const drafted = await draftedSerials(transaction, space)
  if (drafted.has(request.serial)) throw fault('licence/exists')
}

/**
 * Records a licence of the actor's organisation with its offer, and returns the answer's JSON text; whoever calls it has seen that they may. Throws
 * `type/unknown`, `issuer/type-not-allowed`, `claim/*`, `licence/exists`, `approval/own-matter` for one of their own.
 */
export async function recordLicence(
  services: Services,
  transaction: StorageTransaction,
  command: {
    readonly actor: Pick<Actor, 'actorId' | 'agencyId'>
    readonly request: LicenceRequest
  },
): Promise<string> {
  const { actor, request } = command
  const people = peopleIn(request)
  await assertNotOwn(services, transaction, { actorId: actor.actorId, people })
  const type = await loadType(transaction, request.type)
  await assertAgencyMayIssue(transaction, actor.agencyId, request.type)
  const space = { agencyId: actor.agencyId, typeCode: request.type }
  const serial = request.serial ?? (await nextFreeSerial(transaction, space))
  const facts = factsOf(type, request, serial)
  const identifier = licenceIdentifier({
    typeCode: type.typeCode,
    issuer: actor.agencyId,
    serial,
    version: facts.version,
  })
  const now = services.now()
  const id = services.newId()
  const row: LicenceTable = {
    id,
    agency_id: actor.agencyId,
    type_code: type.typeCode,
    type_version: type.version,
    serial,
    version: facts.version,
    identifier,
    valid_from: facts.validFrom,
    valid_to: facts.validTo ?? null,
    claims: JSON.stringify(facts.claims),
    holder_reference: request.holderReference ?? null,
    status: 'valid',
    actor_id: actor.actorId,
    created_at: now,
  }
  await insertLicence(transaction, row)
  const licence = {
    id,
    agencyId: actor.agencyId,
    typeCode: type.typeCode,
    status: 'valid',
  } as const
  await recordAct(services, transaction, {
    act: 'licence/issue',
    agency: actor.agencyId,
    actor: actor.actorId,
    facts: {
      licence: id,
      type: type.typeCode,
      version: facts.version,
      row: rowHold(services, [heldText('licence', row)]),
    },
  })
  const offer = await makeOffer(services, transaction, { licence, actorId: actor.actorId })
  return JSON.stringify({
    id,
    identifier,
    offer: { id: offer.id, uri: offer.uri, expiresAt: offer.expiresAt },
    txCode: offer.txCode,
  })
}

async function insertLicence(transaction: StorageTransaction, row: LicenceTable): Promise<void> {
  try {
    await transaction.insertInto('licence').values(row).execute()
  } catch (error) {
    if (isUniqueViolation(error)) throw fault('licence/exists')
    throw error
  }
}
