/** The tables of staff; columns as in `storage/schema.ts`. */
import type { StaffRole } from '../rights/rights.ts'
import type { Statement } from '../storage/statements.ts'

/**
 * Somebody who works for organisations here, known by `subject` at `issuer` and by nothing else of what the identity provider says.
 * `actor_id`: as whom they act, with an API key too. `agency_id`: the organisation that registered them. `ended_at`: from then
 * on they do not sign in.
 */
export interface StaffTable {
  id: string
  issuer: string
  subject: string
  actor_id: string
  agency_id: string
  registered_at: number
  ended_at: number | null
}

/** A role of a member in an organisation, for one matter or, where that is null, for all; rows are ended, never removed. */
export interface StaffGrantTable {
  id: string
  staff_id: string
  role: StaffRole
  /** USCC of an agency or an office. */
  agency_id: string
  matter: string | null
  not_before: number
  /** From then on it is over; null where it has no end. */
  not_after: number | null
  granted_by: string
  granted_at: number
  ended_at: number | null
  ended_by: string | null
}

/** As whom the provider of staff knows a member when they are a citizen: `id` of the member, `reference` an HMAC under a key of this server. */
export interface StaffPersonTable {
  id: string
  reference: string
}

/** A session of a member in one browser: `hash` of what stands in its cookie, `id` to name it by. */
export interface StaffSessionTable {
  hash: string
  id: string
  staff_id: string
  /** When the identity provider last saw who they are. */
  authenticated_at: number
  signed_in_at: number
  used_at: number
  ends_at: number
}

/** They by name. */
export interface StaffSchema {
  staff: StaffTable
  staff_grant: StaffGrantTable
  staff_person: StaffPersonTable
  staff_session: StaffSessionTable
}

/** The statement that makes the table of persons; the others stand in `storage/migrations.ts`. */
export const STAFF_PERSON_TABLE: readonly Statement[] = [
  `create table staff_person (
    id text primary key references staff (id), reference text not null)`,
]
