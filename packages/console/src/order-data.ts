/** What the API answers of orders about licences, which two people give. */

import * as v from 'valibot'
import {
  DECIDED_KINDS,
  type DecidedKind,
  LICENCE_LINE,
  type LicenceLine,
  type LicenceStatus,
} from './licence-data.ts'
import type { Schema } from './request.ts'
import type { StateTone } from './state-word.tsx'

/** Licences of one order at most, as the server takes them. */
export const MAX_ORDERED = 500

/** Places of lost credentials in one order at most, as the server takes them. */
export const MAX_LOST = 200

/** Kinds of orders that many licences can be about. */
export const MANY_KINDS = ['suspend', 'reinstate', 'revoke'] as const
/** One of {@link MANY_KINDS}. */
export type ManyKind = (typeof MANY_KINDS)[number]

const KINDS = ['suspend', 'reinstate', 'revoke', 'transfer', 'revoke-lost'] as const
const LOST_STATES = ['valid', 'suspended', 'revoked', 'unknown'] as const
const STATES = ['requested', 'done', 'refused'] as const

/** How a state weighs. */
export const ORDER_TONES: Readonly<Record<Order['state'], StateTone>> = {
  requested: 'waiting',
  done: 'good',
  refused: 'over',
}

/** An order, without what it says. */
export interface Order {
  readonly id: string
  readonly kind: (typeof KINDS)[number]
  readonly state: (typeof STATES)[number]
  /** How many licences it is about, or places of lost credentials. */
  readonly licences: number
  /** SHA-256 of what it says, base64url. */
  readonly digest: string
  readonly reason: string
  readonly requestedBy: string
  /** Unix seconds. */
  readonly requestedAt: number
  readonly decidedBy?: string | undefined
  readonly decidedAt: number | null
  /** Whether it was asked for by whoever looks. */
  readonly isOwn: boolean
}

/** The next holder of a licence, and what it says of them. */
export interface NextHolder {
  readonly holderReference: string
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly claims: Readonly<Record<string, string | number>>
}

/** A place in a status list. */
export interface LostPlace {
  readonly index: number
  readonly status: (typeof LOST_STATES)[number]
}

/** An order with what it says, while it waits. */
export interface ReadOrder extends Order {
  readonly content: {
    readonly ground?: string | undefined
    readonly end?: DecidedKind | undefined
    readonly to?: NextHolder | undefined
    /** URI of the status list of lost credentials. */
    readonly list?: string | undefined
  } | null
  /** Places of lost credentials, and how each reads. */
  readonly lost?: readonly LostPlace[] | undefined
  readonly lines: readonly LicenceLine[]
}

const ORDER = {
  id: v.string(),
  kind: v.picklist(KINDS),
  state: v.picklist(STATES),
  licences: v.number(),
  digest: v.string(),
  reason: v.string(),
  requestedBy: v.string(),
  requestedAt: v.number(),
  decidedBy: v.optional(v.string()),
  decidedAt: v.nullable(v.number()),
  isOwn: v.boolean(),
} as const

/** How the list of orders is read. */
export const ORDERS: Schema<{ readonly orders: readonly Order[] }> = v.object({
  orders: v.array(v.object(ORDER)),
})

/** How one order is read. */
export const READ_ORDER: Schema<ReadOrder> = v.object({
  ...ORDER,
  content: v.nullable(
    v.object({
      ground: v.optional(v.string()),
      end: v.optional(v.picklist(DECIDED_KINDS)),
      to: v.optional(
        v.object({
          holderReference: v.string(),
          validFrom: v.string(),
          validTo: v.optional(v.string()),
          claims: v.record(v.string(), v.union([v.string(), v.number()])),
        }),
      ),
      list: v.optional(v.string()),
    }),
  ),
  lines: v.array(LICENCE_LINE),
  lost: v.optional(v.array(v.object({ index: v.number(), status: v.picklist(LOST_STATES) }))),
})

/** How the answer to a request is read. */
export const ORDERED: Schema<{ readonly id: string }> = v.object({ id: v.string() })

/** Whether an order of a kind can be about a licence of a state. */
export function fits(kind: ManyKind, status: LicenceStatus): boolean {
  if (kind === 'suspend') return status === 'valid'
  return kind === 'reinstate' ? status === 'suspended' : status !== 'revoked'
}
