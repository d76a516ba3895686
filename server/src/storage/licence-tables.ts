/** What a licence's life adds to its tables; a released one is never edited. */

/** Why a status was changed, and which licence took another's place. */
export const LICENCE_LIFE: readonly string[] = [
  'alter table status_change add column kind text',
  'alter table status_change add column ground text',
  `create table licence_replacement (
    licence_id text primary key references licence (id),
    next_id text not null unique references licence (id))`,
]
