/** Schema versions in order; a released one is never edited. Each is applied whole or not at all, on SQLite and on PostgreSQL. */
import { STAFF_PERSON_TABLE } from '../staff/staff-schema.ts'
import { BATCH_ROW_HOLD, BATCH_ROW_REFUSED, BATCH_TABLES } from './batch-schema.ts'
import { CASE_OF_USE, CASE_TABLES, STEP_GROUND, STEP_MATERIALS } from './case-tables.ts'
import { LICENCE_LIFE } from './licence-tables.ts'
import {
  LISTS_OF_REVOKED_KEY,
  LISTS_OF_REVOKED_MAKER_KEY,
  LISTS_OF_SEAL_MAKERS,
  onlineTrigger,
  TRIGGER_FUNCTIONS,
  trustTrigger,
} from './migration-triggers.ts'
import { ORDER_TABLES } from './order-schema.ts'
import { RATE_TABLES } from './rate-schema.ts'
import { RESTORE_TABLES } from './restore-tables.ts'
import {
  APPEND_ONLY_FUNCTION,
  appendOnly,
  dropTrigger,
  refuse,
  type Statement,
} from './statements.ts'

/** The statements of every version, the first version first. */
export const MIGRATIONS: readonly (readonly Statement[])[] = [
  [
    'create table setting (name text primary key, value text not null)',
    'create table agency (id text primary key, name text not null, created_at integer not null)',
    `create table agency_type (
      agency_id text not null references agency (id), type_code text not null,
      primary key (agency_id, type_code))`,
    'create table office (id text primary key, name text not null)',
    `create table licence_type (
      type_code text not null, version integer not null, vct text not null unique,
      document text not null, primary key (type_code, version))`,
    `create table signing_key (
      id text primary key, agency_id text not null references agency (id), purpose text not null,
      kid text not null, public_jwk text not null, not_before integer not null,
      not_after integer not null, revoked_from integer)`,
    'create table actor (id text primary key, name text not null, kind text not null)',
    `create table api_key (
      id text primary key, hash text not null unique, actor_id text not null references actor (id),
      agency_id text not null references agency (id), types text not null, roles text not null,
      created_at integer not null, revoked_at integer)`,
    `create table licence (
      id text primary key, agency_id text not null references agency (id),
      type_code text not null, type_version integer not null, serial text not null,
      version integer not null, identifier text not null unique, valid_from text not null,
      valid_to text, claims text not null, holder_reference text, status text not null,
      actor_id text not null references actor (id), created_at integer not null,
      unique (agency_id, type_code, serial, version))`,
    `create table serial_counter (
      agency_id text not null, type_code text not null, next integer not null,
      primary key (agency_id, type_code))`,
    `create table status_change (
      licence_id text not null references licence (id), sequence integer not null,
      from_status text not null, to_status text not null, reason text not null,
      actor_id text not null references actor (id), changed_at integer not null,
      primary key (licence_id, sequence))`,
    `create table offer (
      id text primary key, licence_id text not null references licence (id),
      code_hash text not null unique, state text not null, wrong_attempts integer not null,
      expires_at integer not null, actor_id text not null references actor (id),
      created_at integer not null)`,
    'create index offer_licence on offer (licence_id)',
    `create table access_token (
      hash text primary key, offer_id text not null references offer (id),
      expires_at integer not null)`,
    'create table nonce (hash text primary key, expires_at integer not null)',
    'create index nonce_expiry on nonce (expires_at)',
    `create table status_list (
      id integer primary key, agency_id text not null references agency (id),
      uri text not null unique, size integer not null, used integer not null,
      revision integer not null)`,
    `create table credential (
      id text primary key, licence_id text not null references licence (id),
      offer_id text references offer (id), form text not null,
      list_id integer not null references status_list (id), idx integer not null,
      status integer not null, state text not null, key_id text references signing_key (id),
      holder_key text, draft text, credential text, created_at integer not null,
      issued_at integer, withdrawn_at integer,
      unique (list_id, idx), unique (offer_id, form))`,
    'create index credential_licence on credential (licence_id)',
    'create index credential_state on credential (state)',
    `create table published_status (
      list_id integer not null references status_list (id), form text not null,
      revision integer not null, issued_at integer not null, body text not null,
      primary key (list_id, form))`,
    `create table published_trust (
      version integer primary key, content_hash text not null, signed_at integer not null,
      token text not null)`,
    `create table idempotency (
      actor_id text not null references actor (id), key text not null, request_hash text not null,
      answer text not null, created_at integer not null, primary key (actor_id, key))`,
  ],
  ['create index idempotency_age on idempotency (created_at)'],
  [
    `create table trust_revision (
      id integer primary key check (id = 1), revision integer not null)`,
    'insert into trust_revision (id, revision) values (1, 0)',
    TRIGGER_FUNCTIONS.trust,
    ...['agency', 'agency_type', 'office', 'licence_type', 'signing_key'].flatMap((table) => [
      trustTrigger(table, 'insert'),
      trustTrigger(table, 'update'),
      trustTrigger(table, 'delete'),
    ]),
    trustTrigger('status_list', 'insert'),
    // Its counters change with each licence, and are not in the trust list.
    trustTrigger('status_list', 'update of id, agency_id, uri'),
    trustTrigger('status_list', 'delete'),
  ],
  [
    // Whoever issues or publishes meets one agency's newest list, and of a list only what is not valid.
    'create index status_list_agency on status_list (agency_id, id)',
    'create index credential_not_valid on credential (list_id, idx, status) where status != 0',
    `create table former_status (
      hash text primary key, list_id integer not null references status_list (id),
      form text not null, body text not null, replaced_at integer not null)`,
    'create index former_status_age on former_status (list_id, replaced_at)',
  ],
  [
    `create table office_key (
      id text primary key, office_id text not null references office (id), use text not null,
      kid text not null, public_jwk text not null, not_before integer not null,
      not_after integer not null, revoked_from integer)`,
    trustTrigger('office_key', 'insert'),
    trustTrigger('office_key', 'update'),
    trustTrigger('office_key', 'delete'),
    `create table counter (
      id text primary key, office_id text not null references office (id),
      thumbprint text not null unique, public_jwk text not null, name text not null,
      state text not null, code text not null, code_until integer not null, number text,
      matters text not null, asked_at integer not null, confirmed_at integer, denied_at integer,
      signed_until integer, key_id text references office_key (id), certificate text,
      certificate_from integer, certificate_until integer, unique (office_id, number))`,
    `create table denied (
      kind text not null, thumbprint text not null, from_time integer not null,
      actor_id text not null references actor (id), denied_at integer not null,
      primary key (kind, thumbprint))`,
    `alter table api_key add column offices text not null default '[]'`,
  ],
  [
    `create table tuf_metadata (
      role text not null, version integer not null, made_of text not null, sha256 text not null,
      length integer not null, signed_at integer not null, expires_at integer not null,
      body text not null, primary key (role, version))`,
    `create table tuf_target (
      path text not null, sha256 text not null, body text not null, added_at integer not null,
      primary key (path, sha256))`,
    `create table tuf_status (
      list_id integer primary key references status_list (id), role text not null,
      revision integer not null, named_at integer not null, targets text not null)`,
    'create index tuf_status_role on tuf_status (role)',
    'create table trust_document (path text primary key, body text not null)',
    'drop table published_trust',
    dropTrigger('trust_status_list_insert', 'status_list'),
    dropTrigger('trust_status_list_update', 'status_list'),
    dropTrigger('trust_status_list_delete', 'status_list'),
    `create table online_revision (
      id integer primary key check (id = 1), revision integer not null)`,
    'insert into online_revision (id, revision) values (1, 0)',
    TRIGGER_FUNCTIONS.online,
    trustTrigger('trust_document', 'insert'),
    trustTrigger('trust_document', 'update'),
    trustTrigger('trust_document', 'delete'),
    onlineTrigger('denied', 'insert'),
    onlineTrigger('denied', 'update'),
    onlineTrigger('status_list', 'insert'),
    // Reserving an entry sets the revision too, mostly to what it was.
    onlineTrigger('status_list', 'update of revision', 'old.revision != new.revision'),
  ],
  [
    'create table listed_key (kid text primary key, listed_at integer not null)',
    'alter table signing_key add column retired_at integer',
    'alter table office_key add column retired_at integer',
  ],
  ['create table mirror_file (name text primary key, body text not null)'],
  [
    // What was replaced is found by its age, so that publishing costs the same whatever was published before.
    'create index tuf_metadata_age on tuf_metadata (role, signed_at)',
    'create index tuf_target_age on tuf_target (added_at)',
    TRIGGER_FUNCTIONS.revokedKey,
    LISTS_OF_REVOKED_KEY,
  ],
  [
    'create table seal_maker (id text primary key, name text not null)',
    `create table seal_maker_key (
      id text primary key, seal_maker_id text not null references seal_maker (id),
      purpose text not null, kid text not null, public_jwk text not null,
      not_before integer not null, not_after integer not null, revoked_from integer,
      retired_at integer)`,
    ...['seal_maker', 'seal_maker_key'].flatMap((table) => [
      trustTrigger(table, 'insert'),
      trustTrigger(table, 'update'),
      trustTrigger(table, 'delete'),
    ]),
  ],
  [...LISTS_OF_SEAL_MAKERS, TRIGGER_FUNCTIONS.revokedMakerKey, LISTS_OF_REVOKED_MAKER_KEY],
  [
    `create table seal (
      id text primary key, seal_maker_id text not null references seal_maker (id),
      owner_id text not null, owner_name text not null, name text not null, kind text not null,
      rank text not null, lower_line text, number text unique, state text not null,
      replaces text references seal (id), image text, media_type text, width_mm integer,
      height_mm integer, list_id integer references status_list (id), idx integer,
      status integer not null, key_id text, cbor_key_id text references seal_maker_key (id),
      jws_key_id text references seal_maker_key (id), draft text, cose text, jws text,
      valid_from integer, valid_to integer, created_at integer not null, unique (list_id, idx))`,
    'create index seal_owner on seal (owner_id, created_at)',
    'create index seal_maker_state on seal (seal_maker_id, state)',
    'create index seal_not_valid on seal (list_id, idx, status) where status != 0',
    'create table seal_number (area text primary key, next integer not null)',
    `create table seal_event (
      seal_id text not null references seal (id), sequence integer not null, act text not null,
      reason text not null, actor_id text not null references actor (id), at integer not null,
      primary key (seal_id, sequence))`,
    `create table seal_use (
      id text primary key, seal_id text not null references seal (id), purpose text not null,
      state text not null, requester_id text not null references actor (id),
      requested_at integer not null, keeper_id text references actor (id), decided_at integer,
      reason text, good_until integer not null)`,
    'create index seal_use_seal on seal_use (seal_id, requested_at)',
    `create table seal_use_file (
      use_id text not null references seal_use (id), sequence integer not null,
      sha256 text not null, length integer not null, media_type text not null, name text,
      place text, state text not null, draft text, result text, sealed_at integer,
      primary key (use_id, sequence), unique (use_id, sha256))`,
    "alter table api_key add column seal_makers text not null default '[]'",
    'alter table seal_maker_key add column certificate text',
    'alter table seal add column certificate text',
  ],
  [
    'create table time_stamper (id text primary key, entry text not null)',
    trustTrigger('time_stamper', 'insert'),
    trustTrigger('time_stamper', 'update'),
    trustTrigger('time_stamper', 'delete'),
  ],
  [
    'alter table seal_use_file add column stamped_at integer',
    'alter table seal_use_file add column stamp_fault text',
  ],
  [
    'alter table seal add column licences integer not null default 0',
    // An agency issues under one seal at a time, whoever registers two at once.
    `create unique index seal_one_for_licences on seal (owner_id)
      where licences = 1 and state in ('in-use', 'suspended')`,
    // They hold what is read of such seals whenever a licence is drafted or a list signed: pictures stand before it in a row.
    // PostgreSQL keeps long columns beside the row itself, and no entry of an index may be longer than 2704 bytes.
    {
      sqlite: [
        'create index seal_licences_owner on seal (owner_id, id, state, valid_to, cose) where licences = 1',
        'create index seal_licences_list on seal (list_id, id, state, cose) where licences = 1',
      ],
      postgres: [
        'create index seal_licences_owner on seal (owner_id, id, state, valid_to) where licences = 1',
        'create index seal_licences_list on seal (list_id, id, state) where licences = 1',
      ],
    },
  ],
  [
    `create table session (
      hash text primary key, carrier text not null, subject text not null, person text not null,
      signed_in_at integer not null, used_at integer not null, ends_at integer not null)`,
    'create index session_subject on session (subject)',
    'create index session_end on session (ends_at)',
    `create table sign_in (
      hash text primary key, goal text not null, expires_at integer not null)`,
    `create table sign_in_code (
      hash text primary key, challenge text not null, person text not null,
      expires_at integer not null)`,
  ],
  [
    'alter table credential add column copy_of text references credential (id)',
    'create index credential_copy on credential (copy_of) where copy_of is not null',
  ],
  [
    'alter table office_key add column certificate text',
    `create table request_certificate (
      key_id text primary key, office_id text not null references office (id),
      office_key_id text not null references office_key (id), certificate text not null,
      not_after integer not null)`,
    `create table verification (
      id text primary key, handle_hash text not null unique,
      office_id text not null references office (id), actor_id text not null references actor (id),
      matter text not null, state text not null, content text not null, result text,
      response_code_hash text, expires_at integer not null, forget_at integer not null)`,
    'create index verification_age on verification (forget_at)',
    'create table shown_presentation (id text primary key, forget_at integer not null)',
    'create index shown_presentation_age on shown_presentation (forget_at)',
  ],
  // A holder takes a copy back by its key.
  ['create index credential_holder_key on credential (holder_key) where holder_key is not null'],
  [
    'alter table offer add column replaces integer not null default 0',
    // Citizens ask for their own licences.
    'create index licence_holder on licence (holder_reference)',
  ],
  [
    'alter table access_token add column dpop_thumbprint text',
    'create table dpop_proof (hash text primary key, expires_at integer not null)',
    'create index dpop_proof_expiry on dpop_proof (expires_at)',
    `create table authorization_request (
      hash text primary key, client_id text not null, redirect_uri text not null, state text,
      code_challenge text not null, dpop_thumbprint text, offer_id text references offer (id),
      type_code text, code_hash text unique, licence_id text references licence (id),
      used integer not null, expires_at integer not null)`,
    'create index authorization_request_expiry on authorization_request (expires_at)',
  ],
  [
    `create table notification (
      offer_id text not null references offer (id), form text not null, event text not null,
      told_at integer not null, primary key (offer_id, form, event))`,
    `create table deferred (
      hash text primary key, offer_id text not null references offer (id), form text not null,
      keys text not null, expires_at integer not null)`,
    'create index deferred_expiry on deferred (expires_at)',
  ],
  [
    `create table log_entry (
      idx integer primary key, entry text not null, leaf text not null unique, at integer not null)`,
    'create table log_fact (idx integer primary key references log_entry (idx), opening text not null)',
    `create table log_hash (
      level integer not null, idx integer not null, hash text not null, primary key (level, idx))`,
    `create table log_checkpoint (
      size integer primary key, root text not null, note text not null, at integer not null)`,
    APPEND_ONLY_FUNCTION,
    ...['log_entry', 'log_fact', 'log_hash', 'log_checkpoint'].flatMap(appendOnly),
  ],
  [
    `create table log_cosignature (
      size integer not null references log_checkpoint (size), witness text not null,
      line text not null, at integer not null, primary key (size, witness))`,
    'create index log_cosignature_witness on log_cosignature (witness, size)',
    ...appendOnly('log_cosignature'),
  ],
  // What was in the log at a time, and the first checkpoint of a day, are found whatever was signed since.
  ['create index log_checkpoint_age on log_checkpoint (at, size)'],
  [
    `create table mdoc_certificate (
      key_id text primary key references signing_key (id), certificate text not null)`,
  ],
  [
    `create table log_word (
      word text not null, idx integer not null references log_entry (idx),
      primary key (word, idx)) without rowid`,
    'create index log_word_entry on log_word (idx)',
    ...appendOnly('log_word'),
    "alter table log_checkpoint add column link text not null default ''",
  ],
  ['alter table mdoc_certificate add column authority text'],
  [
    // Never falls, whatever the clock does: what was in the log at a time is found by halving.
    'alter table log_checkpoint add column latest_at integer not null default 0',
    dropTrigger('log_checkpoint_no_update', 'log_checkpoint'),
    `update log_checkpoint set latest_at = known.latest from (
      select size, max(at) over (order by size) as latest from log_checkpoint) as known
      where known.size = log_checkpoint.size`,
    refuse('log_checkpoint', 'update'),
    'create index log_checkpoint_latest on log_checkpoint (latest_at, size)',
    'create index log_cosignature_age on log_cosignature (witness, at, size)',
  ],
  // What one of several server processes does at a time.
  ['create table lease (name text primary key, holder text not null, until integer not null)'],
  [
    `create table staff (
      id text primary key, issuer text not null, subject text not null,
      actor_id text not null unique references actor (id), agency_id text not null,
      registered_at integer not null, ended_at integer, unique (issuer, subject))`,
    `create table staff_grant (
      id text primary key, staff_id text not null references staff (id), role text not null,
      agency_id text not null, matter text, not_before integer not null, not_after integer,
      granted_by text not null references actor (id), granted_at integer not null,
      ended_at integer, ended_by text references actor (id))`,
    'create index staff_grant_member on staff_grant (staff_id)',
    'create index staff_grant_agency on staff_grant (agency_id)',
    `create table staff_session (
      hash text primary key, id text not null unique, staff_id text not null references staff (id),
      authenticated_at integer not null, signed_in_at integer not null, used_at integer not null,
      ends_at integer not null)`,
    'create index staff_session_member on staff_session (staff_id)',
    'create index staff_session_end on staff_session (ends_at)',
  ],
  [...CASE_TABLES, ...appendOnly('case_transition')],
  BATCH_TABLES,
  LICENCE_LIFE,
  RESTORE_TABLES,
  BATCH_ROW_HOLD,
  RATE_TABLES,
  ORDER_TABLES,
  STAFF_PERSON_TABLE,
  STEP_GROUND,
  BATCH_ROW_REFUSED,
  CASE_OF_USE,
  STEP_MATERIALS,
]
