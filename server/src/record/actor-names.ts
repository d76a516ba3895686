/**
 * Who stands behind the ids that facts of the record have. The record itself names nobody; a name is looked up when it is read, for whoever may know
 * who works for an organisation. What a system is called is no person's name, and told to every reader.
 */
import type { Fact } from '@onetrip/log'
import { type Actor, hasRight } from '../rights/actor.ts'
import type { StorageReader } from '../storage/database.ts'

/** Facts that are the id of an actor. */
const ACTOR_FACTS = ['actor', 'holder', 'keeper', 'officer', 'requester'] as const
/** The fact that is the id of a member. */
const MEMBER_FACT = 'member'

/** Somebody, or something that acts by itself. */
export interface ActorName {
  readonly name: string
  readonly kind: 'person' | 'system'
}

/** The names by id, of those whom the facts name and whom the reader may know. */
export async function namesIn(
  reader: StorageReader,
  actor: Pick<Actor, 'grants'>,
  facts: readonly ReadonlyMap<string, Fact>[],
): Promise<Readonly<Record<string, ActorName>>> {
  const actorIds = idsIn(facts, ACTOR_FACTS)
  const memberIds = idsIn(facts, [MEMBER_FACT])
  const kinds = mayKnowPeople(actor) ? (['person', 'system'] as const) : (['system'] as const)
  const actors =
    actorIds.length === 0
      ? []
      : await reader
          .selectFrom('actor')
          .select(['id', 'name', 'kind'])
          .where('id', 'in', actorIds)
          .where('kind', 'in', kinds)
          .execute()
  const members =
    memberIds.length === 0
      ? []
      : await reader
          .selectFrom('staff')
          .innerJoin('actor', 'actor.id', 'staff.actor_id')
          .select(['staff.id', 'actor.name', 'actor.kind'])
          .where('staff.id', 'in', memberIds)
          .where('kind', 'in', kinds)
          .execute()
  return Object.fromEntries(
    [...actors, ...members].map(({ id, name, kind }) => [id, { name, kind }]),
  )
}

function mayKnowPeople(actor: Pick<Actor, 'grants'>): boolean {
  return hasRight(actor, 'read-staff') || hasRight(actor, 'audit')
}

function idsIn(
  facts: readonly ReadonlyMap<string, Fact>[],
  names: readonly string[],
): readonly string[] {
  const values = facts.flatMap((one) => names.map((name) => one.get(name)))
  return [...new Set(values.filter((value) => typeof value === 'string'))]
}
