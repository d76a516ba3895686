/** Whether somebody had a hand in a part before it is approved: whoever took the case in, wrote in it, reviewed it, visited or drafted approves nothing of it. */
import { Fault } from '@onetrip/codec'
import { assertOtherPerson } from '../rights/other-person.ts'
import type { CasePartTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import type { OpenedCase } from './case-rows.ts'

/** What is done by whoever approves, and after them. */
const APPROVING: readonly string[] = [
  'approve',
  'send-back',
  'ask-seal',
  'seal',
  'issue',
  'deliver',
]

/** By what is written in a case, as the record has it: a value that another took the place of since was theirs all the same. */
const WRITING: readonly string[] = [
  'case/deferred',
  'case/form',
  'case/licences',
  'case/material',
  'case/promise',
  'case/upload',
]

/** Whether an actor is one of those who handled the part or took the case in, under any key or session, or is no person at all. */
export async function isSamePerson(
  reader: StorageReader,
  of: { readonly opened: OpenedCase; readonly part: CasePartTable; readonly actorId: string },
): Promise<boolean> {
  const { opened, part, actorId } = of
  const handlers = await handlersOf(reader, opened, part)
  for (const handler of handlers) {
    if (!(await isOther(reader, actorId, handler))) return true
  }
  // Nothing comes to be approved that nobody has handled.
  return handlers.size === 0
}

async function handlersOf(
  reader: StorageReader,
  { row }: OpenedCase,
  part: CasePartTable,
): Promise<ReadonlySet<string>> {
  const steps = await reader
    .selectFrom('case_transition')
    .select(['actor_id', 'action', 'part'])
    .where('case_id', '=', row.id)
    .where('part', 'in', ['', part.code])
    .execute()
  const visits = await reader
    .selectFrom('case_visit_part')
    .innerJoin('case_visit', 'case_visit.id', 'case_visit_part.visit_id')
    .select('case_visit_part.actor_id')
    .where('case_id', '=', row.id)
    .where('part', '=', part.code)
    .execute()
  const written = await reader
    .selectFrom('log_word as about')
    .innerJoin('log_word as act', 'act.idx', 'about.idx')
    .innerJoin('log_word as who', 'who.idx', 'about.idx')
    .innerJoin('actor', 'actor.id', 'who.word')
    .select('actor.id as actor_id')
    .distinct()
    .where('about.word', '=', row.id)
    .where('act.word', 'in', WRITING)
    .execute()
  const handling = steps.filter(
    ({ action, part: place }) => place === '' || !APPROVING.includes(action),
  )
  const ids = [row, ...handling, ...visits, ...written].map(({ actor_id: id }) => id)
  return new Set(ids.filter((id) => id !== null))
}

async function isOther(reader: StorageReader, actorId: string, handler: string): Promise<boolean> {
  try {
    await assertOtherPerson(reader, { actorId }, handler)
    return true
  } catch (error) {
    if (error instanceof Fault && error.code === 'approval/same-person') return false
    throw error
  }
}
