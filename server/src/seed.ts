/** The synthetic cast: agencies, offices, types, licences and an offer of each ready to scan. */
import type { JsonValue } from '@onetrip/codec'
import {
  licenceTypes,
  matterCatalogue,
  matterGuides,
  type SampleLicence,
  sampleAgencies,
  sampleLicences,
  sampleOffices,
  sampleSealMaker,
} from '@onetrip/fixtures'
import { registerGuide } from './cases/guides.ts'
import { demoActor } from './demo/demo-actor.ts'
import { type DeskLicence, deskLicences } from './demo/desk-data.ts'
import { issueLicence } from './licences/issue-licence.ts'
import { offerAgain } from './offers/offer-again.ts'
import type { Services } from './services.ts'
import { requestHash } from './storage/idempotency.ts'
import { registerAgency, registerOffice, registerType } from './trust-data/agencies.ts'
import { registerCatalogue } from './trust-data/recognition.ts'
import { registerSealMaker } from './trust-data/seal-makers.ts'

/** An offer that can be received now. */
export interface SeededOffer {
  /** The person whose wallet it is for. */
  readonly person: string
  readonly typeName: { readonly 'zh-CN': string; readonly en: string }
  readonly uri: string
  readonly txCode: string
}

/**
 * Writes the cast into an opened data directory and returns what can be received. A further call changes
 * nothing, but that a sample licence whose offers were all received or are over is offered again.
 */
export async function seedDemo(services: Services): Promise<readonly SeededOffer[]> {
  if (services.config.mode !== 'demo') throw new TypeError('seed: the cast is for the demo only')
  for (const type of licenceTypes) await registerType(services, copyOf(type))
  for (const agency of sampleAgencies) await registerAgency(services, agency)
  for (const office of sampleOffices) await registerOffice(services, office)
  await registerSealMaker(services, sampleSealMaker)
  await registerCatalogue(services, copyOf(matterCatalogue))
  for (const guide of matterGuides) await registerGuide(services, copyOf(guide))
  const ids = new Set<string>()
  for (const sample of sampleLicences) ids.add(await issueSample(services, sample))
  const samples = (await deskLicences(services)).filter((licence) => ids.has(licence.id))
  for (const licence of samples) await ensureOpenOffer(services, licence)
  return (await deskLicences(services)).flatMap((licence) => {
    if (licence.offer?.state !== 'open') return []
    const { uri, txCode } = licence.offer
    return { person: licence.reference, typeName: licence.type.name, uri, txCode }
  })
}

async function ensureOpenOffer(services: Services, licence: DeskLicence): Promise<void> {
  if (licence.offer?.state === 'open' || licence.status === 'revoked') return
  const actor = await demoActor(services, licence.agencyId)
  await offerAgain(services, { actor, licenceId: licence.id, withdrawEarlier: false })
}

/** Issues a sample unless it is there already; returns the licence's id. */
async function issueSample(services: Services, sample: SampleLicence): Promise<string> {
  const known = await services.storage
    .selectFrom('licence')
    .select('id')
    .where('agency_id', '=', sample.agencyId)
    .where('type_code', '=', sample.typeCode)
    .where('serial', '=', sample.facts.serial)
    .where('version', '=', sample.facts.version)
    .executeTakeFirst()
  if (known !== undefined) return known.id
  const actor = await demoActor(services, sample.agencyId)
  const { version, validFrom, validTo, serial, claims } = sample.facts
  const request = {
    type: sample.typeCode,
    serial,
    version,
    validFrom,
    validTo,
    claims,
    holderReference: sample.holder,
  }
  const answer: { id: string } = JSON.parse(
    await issueLicence(services, {
      actor,
      request,
      repeatable: {
        actorId: actor.actorId,
        key: `seed-${serial}`,
        requestHash: requestHash('seed', Buffer.from(serial)),
      },
    }),
  )
  return answer.id
}

/** Fixture data as plain JSON. */
function copyOf(value: unknown): JsonValue {
  const copy: JsonValue = JSON.parse(JSON.stringify(value))
  return copy
}
