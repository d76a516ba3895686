/** Four eyes: whoever asked approves nothing, under whichever key or session they come (case AU02). */
import { fault } from '@onetrip/codec'
import type { StorageReader } from '../storage/database.ts'
import type { ActorTable } from '../storage/schema.ts'
import type { Actor } from './actor.ts'

/** Spaces, and what shows nothing: controls, selectors of variants, fillers, the empty Braille pattern. */
const UNSEEN = /[\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu

/**
 * Throws `approval/same-person` unless the actor is a person, and another than `requesterId`. Keys and sessions of one name are one
 * person's; and a system approves nothing.
 */
export async function assertOtherPerson(
  reader: StorageReader,
  { actorId }: Pick<Actor, 'actorId'>,
  requesterId: string,
): Promise<void> {
  const { kind } = await actorRow(reader, actorId)
  const isOther = kind === 'person' && !(await isSamePerson(reader, actorId, requesterId))
  if (!isOther) throw fault('approval/same-person')
}

/** Whether two actors are one: by their ids, by what people read as one name, or because the provider of staff says one person of both. */
export async function isSamePerson(
  reader: StorageReader,
  actorId: string,
  otherId: string,
): Promise<boolean> {
  if (actorId === otherId) return true
  const [actor, other] = [await actorRow(reader, actorId), await actorRow(reader, otherId)]
  if (readAs(actor.name) === readAs(other.name)) return true
  const own = await referencesOf(reader, actor.name)
  if (own.size === 0) return false
  return [...(await referencesOf(reader, other.name))].some((reference) => own.has(reference))
}

/** As whom members are known whose name is read as this one (`staff_person`): keys and sessions of one name are one person's. */
export async function referencesOf(
  reader: StorageReader,
  name: string,
): Promise<ReadonlySet<string>> {
  const known = await reader
    .selectFrom('staff_person')
    .innerJoin('staff', 'staff.id', 'staff_person.id')
    .innerJoin('actor', 'actor.id', 'staff.actor_id')
    .select(['reference', 'actor.name'])
    .execute()
  const own = known.filter((person) => readAs(person.name) === readAs(name))
  return new Set(own.map(({ reference }) => reference))
}

/** A name as people read it: in another spelling, with a space or with what is not seen it is nobody else's. */
export function readAs(name: string): string {
  return name.normalize('NFKC').replace(UNSEEN, '').toLowerCase()
}

/** Every act names a row: one that is not there is no reason to let it pass. */
function actorRow(reader: StorageReader, id: string): Promise<Pick<ActorTable, 'name' | 'kind'>> {
  return reader
    .selectFrom('actor')
    .select(['name', 'kind'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
