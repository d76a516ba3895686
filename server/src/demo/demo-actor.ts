/** The identity under which the demo's seed and desk act. */
import { type Actor, ROLES } from '../actors/api-keys.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'

/** The desk at an agency, with every right there; made when it is first asked for. */
export async function demoActor(services: Services, agencyId: string): Promise<Actor> {
  const actorId = `demo-desk-${agencyId}`
  const types = await services.storage
    .selectFrom('agency_type')
    .select('type_code')
    .where('agency_id', '=', agencyId)
    .execute()
  const offices = await services.storage.selectFrom('office').select('id').execute()
  const makers = await services.storage.selectFrom('seal_maker').select('id').execute()
  await transact(services.storage, (transaction) =>
    transaction
      .insertInto('actor')
      .values({ id: actorId, name: '发证窗口 Demo desk', kind: 'system' })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
  return {
    actorId,
    agencyId,
    types: types.map((type) => type.type_code),
    roles: ROLES,
    offices: offices.map(({ id }) => id),
    sealMakers: makers.map(({ id }) => id),
  }
}
