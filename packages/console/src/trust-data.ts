/** What the API answers of keys, and of what is published of them. */

import * as v from 'valibot'
import type { Schema } from './request.ts'

const PURPOSES = ['issue-cbor', 'issue-jws', 'status-cbor', 'status-jws'] as const

/** A key of the organisation. Times in Unix seconds. */
export interface OwnKey {
  readonly kid: string
  readonly purpose: (typeof PURPOSES)[number]
  readonly notBefore: number
  readonly notAfter: number
  readonly revokedFrom: number | null
  /** From then on it signs no more. */
  readonly retiredAt: number | null
  /** When it stood in a published trust list first. */
  readonly listedAt: number | null
}

/** A role of the trust repository. */
export interface TrustRole {
  readonly role: string
  readonly version: number
  readonly signedAt: number
  readonly expiresAt: number
}

/** A published form of a status list. */
export interface StatusForm {
  readonly list: number
  readonly form: string
  readonly used: number
  readonly size: number
  readonly issuedAt: number
  /** Whether it says what the register says. */
  readonly isCurrent: boolean
}

/** Keys, and how fresh is what is published of them. */
export interface TrustState {
  /** By the server's clock. */
  readonly now: number
  readonly keys: readonly OwnKey[]
  readonly roles: readonly TrustRole[]
  readonly statusLists: readonly StatusForm[]
  readonly log?: { readonly size: number; readonly at: number } | undefined
  /** Codes of why something could not be published. */
  readonly faults: readonly string[]
}

/** How it is read. */
export const TRUST_STATE: Schema<TrustState> = v.object({
  now: v.number(),
  keys: v.array(
    v.object({
      kid: v.string(),
      purpose: v.picklist(PURPOSES),
      notBefore: v.number(),
      notAfter: v.number(),
      revokedFrom: v.nullable(v.number()),
      retiredAt: v.nullable(v.number()),
      listedAt: v.nullable(v.number()),
    }),
  ),
  roles: v.array(
    v.object({
      role: v.string(),
      version: v.number(),
      signedAt: v.number(),
      expiresAt: v.number(),
    }),
  ),
  statusLists: v.array(
    v.object({
      list: v.number(),
      form: v.string(),
      used: v.number(),
      size: v.number(),
      issuedAt: v.number(),
      isCurrent: v.boolean(),
    }),
  ),
  log: v.optional(v.object({ size: v.number(), at: v.number() })),
  faults: v.array(v.string()),
})
