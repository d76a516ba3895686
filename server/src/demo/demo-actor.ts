/** The identities under which the demo's seed and desk act. */
import { type Actor, keyGrant } from '../rights/actor.ts'
import { ROLES, type Role } from '../rights/rights.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { ActorTable } from '../storage/schema.ts'

/** Who has to do with an agency's seals: their owner with a deputy, their maker, and the two people without whom none is used. */
export type DemoPerson = 'owner' | 'deputy' | 'maker' | 'clerk' | 'keeper'

const PEOPLE: Readonly<Record<DemoPerson, { readonly name: string; readonly role: Role }>> = {
  owner: { name: '钱样例', role: 'own-seals' },
  deputy: { name: '郑样例', role: 'own-seals' },
  maker: { name: '周样例', role: 'make-seals' },
  clerk: { name: '李样例', role: 'request-seal' },
  keeper: { name: '孙样例', role: 'keep-seals' },
}

/** The desk at an agency, with every right there; made when it is first asked for. */
export async function demoActor(services: Services, agencyId: string): Promise<Actor> {
  const actorId = `demo-desk-${agencyId}`
  const types = await services.storage
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', agencyId)
    .execute()
  const offices = await services.storage.selectFrom('office').select('id').execute()
  await ensureActor(services, { id: actorId, name: '发证窗口 Demo desk', kind: 'system' })
  return {
    actorId,
    agencyId,
    grants: [
      keyGrant(
        ROLES,
        types.map((type) => type.type_code),
      ),
    ],
    offices: offices.map(({ id }) => id),
    sealMakers: await sealMakers(services),
  }
}

/** Somebody at an agency who may do one thing with its seals; made when they are first asked for. */
export async function demoPerson(
  services: Services,
  agencyId: string,
  who: DemoPerson,
): Promise<Actor> {
  const { name, role } = PEOPLE[who]
  const actorId = `demo-${who}-${agencyId}`
  await ensureActor(services, { id: actorId, name, kind: 'person' })
  const makers = who === 'maker' ? await sealMakers(services) : []
  return { actorId, agencyId, grants: [keyGrant([role], [])], offices: [], sealMakers: makers }
}

async function sealMakers({ storage }: Services): Promise<readonly string[]> {
  const makers = await storage.selectFrom('seal_maker').select('id').execute()
  return makers.map(({ id }) => id)
}

async function ensureActor({ storage }: Services, actor: ActorTable): Promise<void> {
  await transact(storage, (transaction) =>
    transaction
      .insertInto('actor')
      .values(actor)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
}
