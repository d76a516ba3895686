/** A part under review is another one once what it is reviewed by changes: whoever saw it before sees it again before they take a step. */
import type { StorageTransaction } from '../storage/database.ts'
import { formOf, type OpenedCase } from './case-rows.ts'
import type { PartState } from './case-steps.ts'
import { isReadBy } from './fixed-by-decision.ts'

/** Somebody looks at what came in; a part that was returned waits for whoever corrects it, and they go on by what they saw. */
const LOOKED_AT: readonly PartState[] = ['reviewing', 'granted', 'drafted', 'refusing']

/** Raises the versions of the parts that need a material which was written, or read a field that is another in `form`. */
export async function raiseSeenParts(
  transaction: StorageTransaction,
  of: {
    readonly opened: OpenedCase
    readonly material: string | undefined
    /** JSON, where the form was written. */
    readonly form: string | undefined
  },
): Promise<void> {
  const { opened, material, form } = of
  const before = formOf(opened.row)
  const after = form === undefined ? before : formOf({ form })
  const changed = opened.guide.form.filter(({ name }) => before[name] !== after[name])
  const needing = opened.plan.materials.find(({ code }) => code === material)?.parts ?? []
  for (const { code, state, version } of opened.parts) {
    if (!LOOKED_AT.includes(state)) continue
    if (!needing.includes(code) && !changed.some((field) => isReadBy(field, code))) continue
    await transaction
      .updateTable('case_part')
      .set({ version: version + 1 })
      .where('case_id', '=', opened.row.id)
      .where('code', '=', code)
      .execute()
  }
}
