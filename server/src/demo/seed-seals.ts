/** Seals of the demo's agencies, by the same steps as over the API: applied for, made, registered, each by whose step it is. */
import { Fault } from '@onetrip/codec'
import { foodLicenceOfSample, sampleAgencies, sampleSealMaker } from '@onetrip/fixtures'
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

/** A seal for licences for everybody, and one for letters for who issues food licences. */
const WISHES: readonly SealWish[] = sampleAgencies.flatMap(({ id, name }) => {
  const wish = (lowerLine: string, licences: boolean): SealWish => ({
    agencyId: id,
    name: `${name['zh-CN']}${lowerLine}`,
    lowerLine,
    licences,
  })
  const letters = id === foodLicenceOfSample.agencyId ? [wish('公文专用章', false)] : []
  return [wish('电子证照专用章', true), ...letters]
})

/**
 * Has the seals of the sample agencies made and registered; one that is there stays as it is. Answers false where there is
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
