/** The table of orders about licences that two people give; part of the schema versions in `migrations.ts`. */
import type { Statement } from './statements.ts'

/** An order: somebody asked for it, somebody else decides it, once. */
export interface LicenceOrderTable {
  id: string
  agency_id: string
  kind: 'suspend' | 'reinstate' | 'revoke' | 'revoke-lost' | 'transfer'
  /** What is to be done, as JSON; null once it is decided: a transfer holds claims. */
  content: string | null
  /** How many licences it is about, or places of lost credentials. */
  licence_count: number
  /** SHA-256 of `content` as it was asked for, base64url. */
  digest: string
  reason: string
  state: 'requested' | 'done' | 'refused'
  requester_id: string
  requested_at: number
  decider_id: string | null
  decided_at: number | null
}

/** The statements that make it, and by which somebody's revocations of a day are counted. */
export const ORDER_TABLES: readonly Statement[] = [
  `create table licence_order (
    id text primary key, agency_id text not null references agency (id), kind text not null,
    content text, licence_count integer not null, digest text not null, reason text not null,
    state text not null, requester_id text not null references actor (id),
    requested_at integer not null, decider_id text references actor (id), decided_at integer,
    check ((state = 'requested') = (content is not null)))`,
  'create index licence_order_agency on licence_order (agency_id, state)',
  'create index status_change_actor on status_change (actor_id, changed_at)',
]
