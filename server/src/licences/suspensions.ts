/**
 * Whose a licence's suspension is (facts/threats.md O11): each person's is a change of its own, also where somebody else's stands already, so
 * that what brings the licence back answers for all of them.
 */
import { fault } from '@onetrip/codec'
import type { LicenceStatus } from '@onetrip/status'
import type { Actor } from '../rights/actor.ts'
import { isSamePerson, readAs } from '../rights/other-person.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'

/** Whether a change says nothing new: the licence has that status, and as a suspension it is this person's own. */
export async function isSettled(
  reader: StorageReader,
  change: {
    readonly licence: Pick<LicenceTable, 'id' | 'status'>
    readonly status: LicenceStatus
    readonly actorId: string
  },
): Promise<boolean> {
  const { licence, status, actorId } = change
  if (licence.status !== status) return false
  if (status !== 'suspended') return true
  for (const suspender of await suspendersOf(reader, licence.id)) {
    if (await isSamePerson(reader, suspender, actorId)) return true
  }
  return false
}

/**
 * Keys are an agency's own systems, behind which stand people of its own: what systems alone suspended they reinstate. What a member of staff suspended comes back by
 * two people, and no member reinstates alone, under a key either. Throws `approval/missing`.
 */
export async function assertSystemsOwn(
  reader: StorageReader,
  actor: Pick<Actor, 'actorId' | 'session'>,
  licenceId: string,
): Promise<void> {
  if (actor.session !== undefined) throw fault('approval/missing')
  const people = await reader
    .selectFrom('actor')
    .select('name')
    .where('id', 'in', [actor.actorId, ...(await suspendersOf(reader, licenceId))])
    .execute()
  const names = new Set(people.map(({ name }) => readAs(name)))
  const staff = await reader
    .selectFrom('staff')
    .innerJoin('actor', 'actor.id', 'staff.actor_id')
    .select('actor.name')
    .execute()
  if (staff.some(({ name }) => names.has(readAs(name)))) throw fault('approval/missing')
}

/** Ids of the actors whose suspensions stand: those since the licence was in force last. */
async function suspendersOf(reader: StorageReader, licenceId: string): Promise<readonly string[]> {
  const changes = await reader
    .selectFrom('status_change')
    .select(['actor_id', 'to_status'])
    .where('licence_id', '=', licenceId)
    .orderBy('sequence', 'desc')
    .execute()
  const end = changes.findIndex(({ to_status: to }) => to !== 'suspended')
  const standing = end === -1 ? changes : changes.slice(0, end)
  return [...new Set(standing.map(({ actor_id: id }) => id))]
}
