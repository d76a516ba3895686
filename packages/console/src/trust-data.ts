/** What the API answers of keys, and of what is published of them. */

import * as v from 'valibot'
import type { Schema } from './request.ts'

const PURPOSES = ['issue-cbor', 'issue-jws', 'status-cbor', 'status-jws'] as const

/** A key of the organisation. Times in Unix seconds. */
export interface OwnKey {
  /** As commands name it. */
  readonly id: string
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

/** What of the trust data waits for people with offline keys. */
export interface OfflineTrust {
  /** A demonstration holds those keys too. */
  readonly signsItself: boolean
  /** Version of the root in force; null while there is none. */
  readonly root: number | null
  /** Version of the targets in force; null while there are none. */
  readonly targets: number | null
  /** Paths of the first documents that are not as they were signed last. */
  readonly changed: readonly string[]
  readonly changedCount: number
  readonly ending: readonly { readonly role: 'root' | 'targets'; readonly expiresAt: number }[]
  /** Online roles that sign with keys of before the last renewal. */
  readonly olderKeys: readonly string[]
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
  readonly offline: OfflineTrust
  /** Codes of why something could not be published. */
  readonly faults: readonly string[]
}

/** How it is read. */
export const TRUST_STATE: Schema<TrustState> = v.object({
  now: v.number(),
  keys: v.array(
    v.object({
      id: v.string(),
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
  offline: v.object({
    signsItself: v.boolean(),
    root: v.nullable(v.number()),
    targets: v.nullable(v.number()),
    changed: v.array(v.string()),
    changedCount: v.number(),
    ending: v.array(v.object({ role: v.picklist(['root', 'targets']), expiresAt: v.number() })),
    olderKeys: v.array(v.string()),
  }),
  faults: v.array(v.string()),
})
