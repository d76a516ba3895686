/** What the API answers of licences. */

import type { JsonObject } from '@onetrip/codec'
import { parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import * as v from 'valibot'
import type { Schema } from './request.ts'
import type { StateTone } from './state-word.tsx'

/** A licence's state. */
export const LICENCE_STATUS = ['valid', 'suspended', 'revoked'] as const
/** One of {@link LICENCE_STATUS}. */
export type LicenceStatus = (typeof LICENCE_STATUS)[number]

/** Ways in which a licence ends, which the law keeps apart: 吊销, 撤销, 注销, by its next version, and by another holder's (转让). */
export const REVOCATION_KINDS = [
  'penalty',
  'annulled',
  'deregistered',
  'replaced',
  'transferred',
] as const
/** One of {@link REVOCATION_KINDS}. */
export type RevocationKind = (typeof REVOCATION_KINDS)[number]

/** Those that somebody decides; the others come of another licence that takes its place. */
export const DECIDED_KINDS = ['penalty', 'annulled', 'deregistered'] as const
/** One of {@link DECIDED_KINDS}. */
export type DecidedKind = (typeof DECIDED_KINDS)[number]

/** How a state weighs. */
export const STATUS_TONES: Readonly<Record<LicenceStatus, StateTone>> = {
  valid: 'good',
  suspended: 'waiting',
  revoked: 'bad',
}

/** A line of the register. */
export interface LicenceLine {
  readonly id: string
  /** Licence type code (证照类型代码). */
  readonly type: string
  readonly typeName: { readonly 'zh-CN': string; readonly en: string }
  readonly serial: string
  readonly holder: string
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly status: LicenceStatus
  readonly createdAt: number
}

/** A page of the register. */
export interface RegisterPage {
  readonly licences: readonly LicenceLine[]
  readonly next?: string | undefined
}

/** A licence with its history. */
export interface Licence {
  readonly id: string
  readonly identifier: string
  readonly type: string
  readonly typeVersion: number
  readonly serial: string
  readonly version: number
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly claims: Readonly<Record<string, string | number>>
  readonly status: LicenceStatus
  readonly createdAt: number
  readonly history: readonly {
    readonly from: LicenceStatus
    readonly to: LicenceStatus
    readonly reason: string
    readonly at: number
    readonly by: string
    /** With `revoked`: which act of law it was. */
    readonly kind?: RevocationKind | undefined
    /** The law and its article. */
    readonly ground?: string | undefined
  }[]
  readonly credentials: readonly { readonly form: string; readonly state: string }[]
}

const STATUS = v.picklist(LICENCE_STATUS)

/** How a line of the register is read. */
export const LICENCE_LINE: Schema<LicenceLine> = v.object({
  id: v.string(),
  type: v.string(),
  typeName: v.object({ 'zh-CN': v.string(), en: v.string() }),
  serial: v.string(),
  holder: v.string(),
  validFrom: v.string(),
  validTo: v.optional(v.string()),
  status: STATUS,
  createdAt: v.number(),
})

/** How a page of the register is read. */
export const REGISTER_PAGE: Schema<RegisterPage> = v.object({
  licences: v.array(LICENCE_LINE),
  next: v.optional(v.string()),
})

/** How a licence is read. */
export const LICENCE: Schema<Licence> = v.object({
  id: v.string(),
  identifier: v.string(),
  type: v.string(),
  typeVersion: v.number(),
  serial: v.string(),
  version: v.number(),
  validFrom: v.string(),
  validTo: v.optional(v.string()),
  claims: v.record(v.string(), v.union([v.string(), v.number()])),
  status: STATUS,
  createdAt: v.number(),
  history: v.array(
    v.object({
      from: STATUS,
      to: STATUS,
      reason: v.string(),
      at: v.number(),
      by: v.string(),
      kind: v.optional(v.picklist(REVOCATION_KINDS)),
      ground: v.optional(v.string()),
    }),
  ),
  credentials: v.array(v.object({ form: v.string(), state: v.string() })),
})

/** How a type definition is read. */
export const TYPE: Schema<TypeDefinition> = v.pipe(
  v.custom<JsonObject>((value) => typeof value === 'object' && value !== null),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return parseTypeDefinition(dataset.value)
    } catch {
      addIssue({ message: 'type' })
      return NEVER
    }
  }),
)
