/** What a part's decision was proposed by: the step that proposed it keeps a hold of the materials as they then were, and approved is it by those alone. */
import { rowHold } from '../record/row-hold.ts'
import type { Services } from '../services.ts'
import type { CaseTransitionTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import type { OpenedCase } from './case-rows.ts'

/** Steps by which a reviewer says what the materials come to. */
const PROPOSING: readonly string[] = ['grant', 'draft', 'refuse']

/** Whether such a step of a part proposes its decision. */
export function isProposing(action: string): boolean {
  return PROPOSING.includes(action)
}

/**
 * A hold of the materials that a part needs: by what each is there, with digests and ids, when and by whom; their times alone tell nothing within a
 * second, or by a clock that was set back. Keyed, so that nobody guesses what they said once they are forgotten.
 */
export function materialsHold(
  services: Pick<Services, 'keys'>,
  { row, plan, materials }: Pick<OpenedCase, 'row' | 'plan' | 'materials'>,
  part: string,
): string {
  const needed = plan.materials.filter(({ parts }) => parts.includes(part))
  const texts = needed
    .map(({ code }) => code)
    .sort()
    .map((needs) => {
      const there = materials.find(({ code }) => code === needs)
      if (there === undefined) return JSON.stringify([needs])
      const { way, evidence, due_day: dueDay, at, actor_id: actorId } = there
      return JSON.stringify([needs, way, evidence, dueDay, at, actorId])
    })
  return rowHold(services, [JSON.stringify(['proposal', row.id, part]), ...texts])
}

/** When the decision that waits was proposed, and by which materials; null for one that was proposed before that was kept. */
export async function lastProposal(
  reader: StorageReader,
  { caseId, part }: { readonly caseId: string; readonly part: string },
): Promise<Pick<CaseTransitionTable, 'at' | 'materials'>> {
  return (
    reader
      .selectFrom('case_transition')
      .select(['at', 'materials'])
      .where('case_id', '=', caseId)
      .where('part', '=', part)
      .where('action', 'in', PROPOSING)
      // By their order: a clock may have been ahead at an earlier one.
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  )
}
