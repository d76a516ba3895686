/** Four eyes: whoever asked approves nothing, under whichever key or session they come (case AU02). */
import { fault } from '@onetrip/codec'
import type { StorageReader } from '../storage/database.ts'
import type { Actor } from './actor.ts'

/**
 * Throws `approval/same-person` unless the actor is a person, and another than `requesterId`. Keys and sessions of one name are one
 * person's; and a system approves nothing.
 */
export async function assertOtherPerson(
  reader: StorageReader,
  { actorId }: Pick<Actor, 'actorId'>,
  requesterId: string,
): Promise<void> {
  const rows = await reader
    .selectFrom('actor')
    .select(['id', 'name', 'kind'])
    .where('id', 'in', [actorId, requesterId])
    .execute()
  const actor = rows.find(({ id }) => id === actorId)
  const requester = rows.find(({ id }) => id === requesterId)
  const isOther = actor?.kind === 'person' && readAs(actor.name) !== readAs(requester?.name ?? '')
  if (!isOther) throw fault('approval/same-person')
}

/** A name as people read it: in another spelling, with a space or with what is not seen it is nobody else's. */
export function readAs(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '')
    .toLowerCase()
}
