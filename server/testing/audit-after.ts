/** For tests: what the audit says after somebody changed rows by hand; they are put back afterwards. */
import { type CompiledQuery, sql } from 'kysely'
import { auditRecord, type RecordFault } from '../src/record/audit.ts'
import type { Services } from '../src/services.ts'
import { dropGuards } from './tamper.ts'

const UNDO = new Error('undo')

/** Runs the statements, audits, and rolls back; `guarded` names tables whose rows are only added. */
export async function auditAfterChanges(
  services: Services,
  statements: readonly (string | CompiledQuery)[],
  guarded: readonly string[] = [],
): Promise<RecordFault | undefined> {
  let found: RecordFault | undefined
  await services.storage
    .transaction()
    .execute(async (transaction) => {
      await dropGuards(transaction, guarded)
      for (const statement of statements) {
        await transaction.executeQuery(
          typeof statement === 'string' ? sql.raw(statement).compile(transaction) : statement,
        )
      }
      found = await auditRecord({ ...services, storage: transaction })
      throw UNDO
    })
    .catch((error: unknown) => {
      if (error !== UNDO) throw error
    })
  return found
}
