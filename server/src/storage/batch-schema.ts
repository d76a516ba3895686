/** The tables of batches; columns as in `schema.ts`. */
import type { Statement } from './statements.ts'

/** States of a batch; `withdrawn`, `refused` and `done` are final. */
export type BatchState = 'requested' | 'withdrawn' | 'refused' | 'approved' | 'stopped' | 'done'

/** Licences that are issued together, under one approval. */
export interface BatchTable {
  id: string
  agency_id: string
  type_code: string
  row_count: number
  /** Of the rows as they were requested. */
  digest: string
  state: BatchState
  requester_id: string
  requested_at: number
  approver_id: string | null
  decided_at: number | null
  /** Why it was refused, withdrawn or stopped; a code where the server stopped it. */
  reason: string | null
  finished_at: number | null
}

/** One licence of a batch. It waits while it has `facts`; afterwards it has a licence, or the code of why it has none. */
export interface BatchRowTable {
  batch_id: string
  /** From 1. */
  place: number
  facts: string | null
  /** Of `facts` in its place, as they were requested: an HMAC under a key of this server, so that none is changed in the database. */
  hold: string | null
  licence_id: string | null
  code: string | null
}

/** A row that waits has nothing else, one that is done has one thing; a licence comes from one row. */
export const BATCH_TABLES: readonly Statement[] = [
  `create table batch (
    id text primary key, agency_id text not null references agency (id), type_code text not null,
    row_count integer not null, digest text not null, state text not null,
    requester_id text not null references actor (id), requested_at integer not null,
    approver_id text references actor (id), decided_at integer, reason text, finished_at integer)`,
  'create index batch_agency on batch (agency_id, id)',
  "create index batch_running on batch (decided_at) where state = 'approved'",
  `create table batch_row (
    batch_id text not null references batch (id), place integer not null, facts text,
    licence_id text unique references licence (id), code text, primary key (batch_id, place),
    check (facts is null or (licence_id is null and code is null)),
    check (licence_id is null or code is null))`,
  'create index batch_row_waiting on batch_row (batch_id, place) where facts is not null',
]

/** Rows that wait are held, each by itself. */
export const BATCH_ROW_HOLD: readonly Statement[] = ['alter table batch_row add column hold text']

/** Rows that gave no licence are few, and counted each time somebody looks at a batch. */
export const BATCH_ROW_REFUSED: readonly Statement[] = [
  'create index batch_row_refused on batch_row (batch_id, place) where code is not null',
]
