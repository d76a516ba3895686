/** The tables of what was put back from a backup; part of the schema versions in `migrations.ts`. */
import { refuse, type Statement } from './statements.ts'

/**
 * An index of a status list that was published as suspended or revoked after the backup was made, and of which this database knows no
 * better; rows are only added, or made stronger.
 */
export interface KeptStatusTable {
  list_id: number
  idx: number
  status: number
}

/** The statements that make them. */
export const RESTORE_TABLES: readonly Statement[] = [
  `create table kept_status (
    list_id integer not null references status_list (id), idx integer not null,
    status integer not null, primary key (list_id, idx))`,
  refuse('kept_status', 'delete'),
]
