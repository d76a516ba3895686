/** Rows that acts brought, of each kind that the audit holds against them. */
import { announceKey, operatorNamed, revokeKey } from '../src/trust-data/key-lives.ts'
import { enrolmentDesk } from './enrolment-desk.ts'
import type { SealWorld } from './seal-world.ts'
import {
  codeIn,
  credentialIn,
  holderSigner,
  issueFood,
  MARKET,
  post,
  proofOf,
  redeem,
  requestCredential,
  requestToken,
  TYPES,
  type World,
} from './test-world.ts'
import { CENTRE } from './vp-wallet.ts'

const DAY = 86_400

interface Bringing {
  readonly seals: SealWorld
  readonly world: World
  readonly id: Record<string, string>
}

/** Does the acts; gives the ids of the rows by what happened to them. */
export async function bringRows(seals: SealWorld): Promise<Readonly<Record<string, string>>> {
  const bringing = { seals, world: seals.world, id: {} }
  await bringLicences(bringing)
  await bringSealsAndUses(bringing)
  await bringCountersAndKeys(bringing)
  return bringing.id
}

async function bringLicences({ world, id }: Bringing): Promise<void> {
  const issued = await issueFood(world, { serial: 'ROWS1' })
  id['licence'] = issued.id
  await requestToken(world, codeIn(issued.offer.uri), '000000')
  const accessToken = await redeem(world, issued)
  id['redeemed'] = issued.offer.id
  const signer = holderSigner('Ed25519')
  const configuration = `${TYPES.food}.dc+sd-cwt`
  const proof = await proofOf(world, signer)
  await credentialIn(await requestCredential(world, { accessToken, configuration, proof }))
  id['held'] = await newestCredential(world, 'sd-cwt')
  await post(world, `/api/licences/${issued.id}/paper`, {})
  id['paper'] = await newestCredential(world, 'paper')
  const status = { status: 'suspended', reason: '测试' }
  await post(world, `/api/licences/${issued.id}/status`, status)
  const other = await issueFood(world, { serial: 'ROWS2' })
  const otherToken = await redeem(world, other)
  const otherProof = await proofOf(world, holderSigner('Ed25519'))
  const request = { accessToken: otherToken, configuration, proof: otherProof }
  await credentialIn(await requestCredential(world, request))
  id['withdrawn'] = await newestCredential(world, 'sd-cwt')
  const again: typeof other = await (
    await post(world, `/api/licences/${other.id}/offers`, { withdrawEarlier: false })
  ).json()
  id['taken'] = again.offer.id
  await post(world, `/api/licences/${other.id}/offers`, { withdrawEarlier: true })
  id['second'] = other.id
}

async function newestCredential({ services }: World, form: 'sd-cwt' | 'paper'): Promise<string> {
  const row = await services.storage
    .selectFrom('credential')
    .select('id')
    .where('form', '=', form)
    .where('state', '=', 'issued')
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return row.id
}

async function bringSealsAndUses({ seals, id }: Bringing): Promise<void> {
  id['seal'] = await seals.sealInUse()
  id['use'] = await seals.ask(id['seal'])
  await seals.approve(id['use'])
  await seals.impression(id['use'])
  id['approved'] = await seals.ask(id['seal'])
  await seals.approve(id['approved'])
  id['ended'] = await seals.sealInUse()
  await seals.done('owner', `/${id['ended']}/cancel`, { reason: '遗失' })
}

async function bringCountersAndKeys({ seals, world, id }: Bringing): Promise<void> {
  const { services } = world
  const desk = enrolmentDesk(() => world)
  const key = await desk.keyFor([CENTRE])
  const lost = holderSigner('Ed25519')
  id['lost'] = await desk.enrol(lost, key)
  await desk.collect(lost)
  await desk.administer(`${id['lost']}/deny`, {}, key)
  const kept = holderSigner('ES256')
  id['counter'] = await desk.enrol(kept, key)
  await desk.collect(kept)
  const announced = { owner: MARKET, purpose: 'issue-cbor', notBefore: seals.now() } as const
  id['announced'] = await announceKey(services, announced)
  const actor = await operatorNamed(services, '陈运维')
  const from = seals.now() - DAY
  const keyId = id['announced']
  await revokeKey(services, { keyId, from, actor, isEmergency: true })
}
