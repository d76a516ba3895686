/** The triggers that raise revisions, and the change of `status_list` that needs another way on each database. */
import { dropTrigger, rowTrigger, type Statement, triggerFunction } from './statements.ts'

const RAISE_TRUST = 'update trust_revision set revision = revision + 1'
const RAISE_ONLINE = 'update online_revision set revision = revision + 1'
const RENEW_LISTS = 'update status_list set revision = revision + 1 where agency_id = new.agency_id'
const RENEW_LISTS_OF_MAKER =
  'update status_list set revision = revision + 1 where seal_maker_id = new.seal_maker_id'

/** What the triggers call on PostgreSQL; each stands before the first trigger that calls it. */
export const TRIGGER_FUNCTIONS: Readonly<
  Record<'trust' | 'online' | 'revokedKey' | 'revokedMakerKey', Statement>
> = {
  trust: triggerFunction('raise_trust_revision', `${RAISE_TRUST}; return null;`),
  online: triggerFunction('raise_online_revision', `${RAISE_ONLINE}; return null;`),
  revokedKey: triggerFunction('renew_lists', `${RENEW_LISTS}; return null;`),
  revokedMakerKey: triggerFunction('renew_lists_of_maker', `${RENEW_LISTS_OF_MAKER}; return null;`),
}

/** Raises the revision of what people sign for with each change. */
export function trustTrigger(table: string, event: string): Statement {
  const name = `trust_${table}_${event.split(' ')[0]}`
  return rowTrigger({ name, event, table, work: RAISE_TRUST, call: 'raise_trust_revision' })
}

/** As {@link trustTrigger}, for what the server's own roles sign. */
export function onlineTrigger(table: string, event: string, when?: string): Statement {
  return rowTrigger({
    name: `online_${table}_${event.split(' ')[0]}`,
    event,
    table,
    ...(when === undefined ? {} : { when }),
    work: RAISE_ONLINE,
    call: 'raise_online_revision',
  })
}

/** Lists that a revoked key signed count for nothing: the agency's next key signs them at once. */
export const LISTS_OF_REVOKED_KEY: Statement = revokedKeyTrigger({
  name: 'lists_of_revoked_key',
  table: 'signing_key',
  purposes: "'status-cbor', 'status-jws'",
  work: RENEW_LISTS,
  call: 'renew_lists',
})

/** As {@link LISTS_OF_REVOKED_KEY}, of a seal maker. */
export const LISTS_OF_REVOKED_MAKER_KEY: Statement = revokedKeyTrigger({
  name: 'lists_of_revoked_maker_key',
  table: 'seal_maker_key',
  purposes: "'seal-status-cbor', 'seal-status-jws'",
  work: RENEW_LISTS_OF_MAKER,
  call: 'renew_lists_of_maker',
})

/** A list is an agency's or a seal maker's. SQLite changes a column only with its table, whose triggers go with it. */
export const LISTS_OF_SEAL_MAKERS: readonly Statement[] = [
  {
    sqlite: [
      `create table new_status_list (
        id integer primary key, agency_id text references agency (id),
        seal_maker_id text references seal_maker (id), uri text not null unique,
        size integer not null, used integer not null, revision integer not null,
        check ((agency_id is null) != (seal_maker_id is null)))`,
      `insert into new_status_list
        select id, agency_id, null, uri, size, used, revision from status_list`,
    ],
    postgres: [],
  },
  dropTrigger('lists_of_revoked_key', 'signing_key'),
  {
    sqlite: [
      'drop table status_list',
      'alter table new_status_list rename to status_list',
      'create index status_list_agency on status_list (agency_id, id)',
    ],
    postgres: [
      'alter table status_list alter column agency_id drop not null',
      'alter table status_list add column seal_maker_id text collate "C" references seal_maker (id)',
      'alter table status_list add check ((agency_id is null) != (seal_maker_id is null))',
      'drop trigger online_status_list_insert on status_list',
      'drop trigger online_status_list_update on status_list',
    ],
  },
  'create index status_list_seal_maker on status_list (seal_maker_id, id)',
  onlineTrigger('status_list', 'insert'),
  onlineTrigger('status_list', 'update of revision', 'old.revision != new.revision'),
  LISTS_OF_REVOKED_KEY,
]

function revokedKeyTrigger(trigger: {
  readonly name: string
  readonly table: string
  readonly purposes: string
  readonly work: string
  readonly call: string
}): Statement {
  const { purposes, ...rest } = trigger
  return rowTrigger({
    ...rest,
    event: 'update of revoked_from',
    when: `new.revoked_from is distinct from old.revoked_from and new.purpose in (${purposes})`,
  })
}
