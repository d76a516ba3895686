/** What is true of a case that nobody goes on with. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Schema } from './schema.ts'

/** A condition on cases: the log holds nothing about it that was done after `time`, by anybody. */
export function hasRestedSince(
  time: number,
): (is: ExpressionBuilder<Schema, 'case_file'>) => Expression<SqlBool> {
  return (is) =>
    is.not(
      is.exists(
        is
          .selectFrom('log_word')
          .innerJoin('log_entry', 'log_entry.idx', 'log_word.idx')
          .select('log_word.idx')
          .whereRef('log_word.word', '=', 'case_file.id')
          .where('log_entry.at', '>', time),
      ),
    )
}
