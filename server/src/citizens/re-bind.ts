/**
 * A new phone, a lost phone. Re-binding makes an offer that takes the place of every earlier copy: these are revoked in the same
 * transaction in which the first credential of the offer is issued to the new phone's key (`licences/sign-credential.ts`), so a
 * citizen has the old copy or the new one, wherever a server or a phone stops. The licence's own status stays as it is.
 */
import { fault } from '@onetrip/codec'
import { withdrawCredentials } from '../licences/change-status.ts'
import { makeOffer, type Offer, offerOf } from '../offers/make-offer.ts'
import type { Services } from '../services.ts'
import { endSessionsOf } from '../sessions/sessions.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { type Citizen, parsePerson } from './citizen.ts'
import { recordCitizen } from './citizen-acts.ts'
import { loadMyLicence } from './my-licences.ts'

/** How long an offer that a citizen asked for may be redeemed: their wallet takes it at once. */
const OFFER_SECONDS = 600
/** Whom the records name for what citizens did themselves; whose licence it is says who. */
const SELF_SERVICE = {
  id: 'holder-self-service',
  name: '持证人自助 Holder self-service',
  kind: 'system',
} as const

/**
 * The offer of one of the citizen's licences for a new phone; asked again while it is open, the same one. Throws `licence/not-found`,
 * `licence/revoked`.
 */
export async function offerForNewPhone(
  services: Services,
  citizen: Pick<Citizen, 'holderReference'>,
  licenceId: string,
): Promise<Offer> {
  return transact(services.storage, async (transaction) => {
    const row = await loadMyLicence(transaction, citizen, licenceId)
    if (row.status === 'revoked') throw fault('licence/revoked')
    const open = await transaction
      .selectFrom('offer')
      .select(['id', 'expires_at'])
      .where('licence_id', '=', row.id)
      .where('state', '=', 'open')
      .where('replaces', '=', 1)
      .where('expires_at', '>', services.now())
      .executeTakeFirst()
    if (open !== undefined) {
      return offerOf(services, {
        id: open.id,
        expiresAt: open.expires_at,
        typeCode: row.type_code,
      })
    }
    return makeOffer(services, transaction, {
      licence: {
        id: row.id,
        agencyId: row.agency_id,
        typeCode: row.type_code,
        status: row.status,
      },
      actorId: await selfService(transaction),
      lifeSeconds: OFFER_SECONDS,
      replaces: true,
    })
  })
}

/**
 * A lost phone: revokes every copy of all the citizen's licences, withdraws what is on offer, and ends all their sessions but this
 * one. Returns how many licences had copies. Again it changes nothing.
 */
export async function withdrawAllCopies(services: Services, citizen: Citizen): Promise<number> {
  return transact(services.storage, async (transaction) => {
    const rows = await transaction
      .selectFrom('licence')
      .select('id')
      .where('holder_reference', '=', citizen.holderReference)
      .execute()
    const actorId = await selfService(transaction)
    let withdrawn = 0
    for (const { id } of rows) {
      const copies = await withdrawCredentials(services, transaction, { licenceId: id, actorId })
      if (copies > 0) withdrawn += 1
    }
    await endDoors(transaction, citizen)
    await endSessionsOf(transaction, { subject: citizen.subject, except: citizen.session })
    await recordCitizen(services, transaction, {
      act: 'citizen/phone-lost',
      subject: citizen.subject,
      facts: { licences: withdrawn },
    })
    return withdrawn
  })
}

/** What was begun on the lost phone and would still end in a licence or a session: codes that are on their way. */
async function endDoors(transaction: StorageTransaction, citizen: Citizen): Promise<void> {
  await transaction
    .deleteFrom('authorization_request')
    .where('licence_id', 'in', (query) =>
      query
        .selectFrom('licence')
        .select('id')
        .where('holder_reference', '=', citizen.holderReference),
    )
    .execute()
  const codes = await transaction.selectFrom('sign_in_code').select(['hash', 'person']).execute()
  const theirs = codes.filter(({ person }) => parsePerson(person).subject === citizen.subject)
  for (const { hash } of theirs) {
    await transaction.deleteFrom('sign_in_code').where('hash', '=', hash).execute()
  }
}

async function selfService(transaction: StorageTransaction): Promise<string> {
  await transaction
    .insertInto('actor')
    .values(SELF_SERVICE)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return SELF_SERVICE.id
}
