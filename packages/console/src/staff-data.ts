/** What the API answers of members and roles. */

import * as v from 'valibot'
import type { Schema } from './request.ts'

/** Roles of staff. */
export const STAFF_ROLES = [
  'clerk',
  'reviewer',
  'approver',
  'seal-keeper',
  'auditor',
  'administrator',
] as const

/** One of {@link STAFF_ROLES}. */
export type StaffRole = (typeof STAFF_ROLES)[number]

/** A role that a member has. */
export interface GivenRole {
  readonly id: string
  readonly role: StaffRole
  readonly matter?: string | undefined
  /** Unix seconds. */
  readonly from: number
  /** Unix seconds. */
  readonly until?: number | undefined
}

/** A member. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly subject: string
  readonly registeredAt: number
  readonly ended: boolean
  readonly roles: readonly GivenRole[]
}

/** The members of an organisation. */
export const MEMBERS: Schema<{ readonly members: readonly Member[] }> = v.object({
  members: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      subject: v.string(),
      registeredAt: v.number(),
      ended: v.boolean(),
      roles: v.array(
        v.object({
          id: v.string(),
          role: v.picklist(STAFF_ROLES),
          matter: v.optional(v.string()),
          from: v.number(),
          until: v.optional(v.number()),
        }),
      ),
    }),
  ),
})

/** What was made, or is over: its members are not needed. */
export const ANYTHING: Schema<object> = v.looseObject({})
