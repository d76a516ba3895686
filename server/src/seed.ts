/** The synthetic cast of facts/china.md §6: agencies, offices, types and offers ready to scan. Idempotent. */
import type { JsonValue } from '@onetrip/codec'
import { licenceTypes, sampleAgencies, sampleLicences, sampleOffices } from '@onetrip/fixtures'
import type { Actor } from './actors/api-keys.ts'
import { ROLES } from './actors/api-keys.ts'
import { issueLicence } from './licences/issue-licence.ts'
import type { Services } from './services.ts'
import { transact } from './storage/database.ts'
import { requestHash } from './storage/idempotency.ts'
import { registerAgency, registerOffice, registerType } from './trust-data/agencies.ts'

/** Writes the cast into an opened data directory; a second call changes nothing. */
export async function seedDemo(services: Services): Promise<void> {
  for (const type of licenceTypes) await registerType(services, copyOf(type))
  for (const agency of sampleAgencies) await registerAgency(services, agency)
  for (const office of sampleOffices) await registerOffice(services, office)
  for (const sample of sampleLicences) {
    const actor = await demoActor(services, sample.agencyId)
    const { version, validFrom, validTo, serial, claims } = sample.facts
    const request = {
      type: sample.typeCode,
      serial,
      version,
      validFrom,
      ...(validTo === undefined ? {} : { validTo }),
      claims: { ...claims },
      holderReference: sample.holder,
    }
    const key = `seed-${serial}`
    const body = Buffer.from(JSON.stringify(request), 'utf8')
    await issueLicence(services, {
      actor,
      request,
      repeatable: { actorId: actor.actorId, key, requestHash: requestHash('seed', body) },
    })
  }
}

/** The demo desk's identity at an agency, with every right there; made when it is first asked for. */
export async function demoActor(services: Services, agencyId: string): Promise<Actor> {
  const actorId = `demo-desk-${agencyId}`
  const types = await services.storage
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', agencyId)
    .execute()
  await transact(services.storage, (transaction) =>
    transaction
      .insertInto('actor')
      .values({ id: actorId, name: '演示窗口 Demo desk', kind: 'system' })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
  return { actorId, agencyId, types: types.map((type) => type.type_code), roles: ROLES }
}

/** Fixture data as plain JSON. */
function copyOf(value: unknown): JsonValue {
  const copy: JsonValue = JSON.parse(JSON.stringify(value))
  return copy
}
