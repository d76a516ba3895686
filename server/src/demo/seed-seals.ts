/** Seals of the demo's bodies, by the same steps as over the API: applied for, made, registered, each by whose step it is. */
import { Fault } from '@onetrip/codec'
import {
  foodLicenceOfSample,
  matterCatalogue,
  type SampleOffice,
  sampleAgencies,
  sampleOffices,
  sampleSealMaker,
} from '@onetrip/fixtures'
import { parseMatterCatalogue } from '@onetrip/trust'
import { applyForSeal } from '../seals/apply-for-seal.ts'
import { makeSeal } from '../seals/make-seal.ts'
import { takeStep } from '../seals/seal-life.ts'
import { type Application, SEAL_DAYS } from '../seals/seal-request.ts'
import type { Services } from '../services.ts'
import { demoPerson } from './demo-actor.ts'

const REASON = '样例'
/** Those that are worth going on with. */
const LIVING = ['applied', 'making', 'made', 'in-use', 'suspended'] as const

interface SealWish {
  readonly agencyId: string
  readonly name: string
  readonly lowerLine: string
  readonly licences: boolean
}

const DECIDES = new Set(
  parseMatterCatalogue(structuredClone(matterCatalogue)).flatMap(({ parts }) =>
    parts.map(({ office }) => office),
  ),
)
/** Who decides a part of a matter and issues no licences. */
const DECIDING: readonly SampleOffice[] = sampleOffices.filter(
  ({ id }) => DECIDES.has(id) && sampleAgencies.every((agency) => agency.id !== id),
)

/** A seal for licences for every agency; one for letters for who issues food licences, and for offices that decide. */
const WISHES: readonly SealWish[] = [
  ...sampleAgencies.flatMap((agency) => [
    wishOf(agency, true),
    ...(agency.id === foodLicenceOfSample.agencyId ? [wishOf(agency, false)] : []),
  ]),
  ...DECIDING.map((office) => wishOf(office, false)),
]

function wishOf({ id, name }: SampleOffice, licences: boolean): SealWish {
  const lowerLine = licences ? '电子证照专用章' : '公文专用章'
  return { agencyId: id, name: `${name['zh-CN']}${lowerLine}`, lowerLine, licences }
}

/**
 * Has the seals of the sample bodies made and registered; one that is there stays as it is. Answers false where there is
 * no font to draw them in: the demo goes on without.
 */
export async function seedSeals(services: Services): Promise<boolean> {
  try {
    for (const wish of WISHES) await ensureSeal(services, wish)
    return true
  } catch (error) {
    if (error instanceof Fault && error.code === 'seal/font-missing') return false
    throw error
  }
}

/** Goes on from wherever an earlier start left it. */
async function ensureSeal(services: Services, wish: SealWish): Promise<void> {
  const { agencyId, ...stated } = wish
  const known = await services.storage
    .selectFrom('seal')
    .select(['id', 'state'])
    .where('owner_id', '=', agencyId)
    .where('name', '=', wish.name)
    .where('state', 'in', LIVING)
    .executeTakeFirst()
  if (known?.state === 'in-use' || known?.state === 'suspended') return
  const application: Application = {
    ...stated,
    maker: sampleSealMaker.id,
    kind: '99',
    rank: 'cityOrCounty',
    reason: REASON,
  }
  const owner = await demoPerson(services, agencyId, 'owner')
  const sealId =
    known?.id ??
    (await applyForSeal(services, { actor: owner, application, repeatable: undefined }))
  const by = { actor: await demoPerson(services, agencyId, 'maker'), sealId, reason: REASON }
  if (known?.state !== 'made') await makeSeal(services, { ...by, days: SEAL_DAYS })
  await takeStep(services, { ...by, step: 'register' })
}
