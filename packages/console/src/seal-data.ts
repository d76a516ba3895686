/** What the API answers of seals and of requests to use them. */

import * as v from 'valibot'
import type { Schema } from './request.ts'
import type { StateTone } from './state-word.tsx'

const SEAL_STATES = [
  'applied',
  'refused',
  'making',
  'made',
  'in-use',
  'suspended',
  'changed',
  'cancelled',
] as const

/** How a seal's state weighs. */
export const SEAL_TONES: Readonly<Record<(typeof SEAL_STATES)[number], StateTone>> = {
  applied: 'waiting',
  refused: 'over',
  making: 'waiting',
  made: 'waiting',
  'in-use': 'good',
  suspended: 'bad',
  changed: 'over',
  cancelled: 'over',
}

/** A seal. */
export interface SealEntry {
  readonly id: string
  readonly name: string
  readonly state: (typeof SEAL_STATES)[number]
  readonly number?: string | undefined
  readonly licences?: boolean | undefined
  /** How large it stands on a page. */
  readonly size?: { readonly widthMm: number; readonly heightMm: number } | undefined
  /** Unix seconds. */
  readonly validFrom?: number | undefined
  readonly validTo?: number | undefined
}

/** A file that a seal is asked for. */
export interface UseFile {
  /** base64url */
  readonly sha256: string
  readonly length: number
  readonly mediaType: string
  readonly name?: string | undefined
  readonly place?:
    | { readonly page?: number | undefined; readonly keyword?: string | undefined }
    | undefined
  readonly state: string
}

/** A request to use a seal. */
export interface SealUse {
  readonly id: string
  readonly purpose: string
  readonly state: 'requested' | 'approved' | 'refused'
  readonly requestedBy: string
  readonly requestedAt: number
  readonly goodUntil: number
  readonly keeper?: string | undefined
  readonly decidedAt?: number | undefined
  readonly reason?: string | undefined
  /** The case whose decision it is for, where one may open it. */
  readonly case?: string | undefined
  readonly files: readonly UseFile[]
}

/** How seals are read. */
export const SEALS: Schema<{ readonly seals: readonly SealEntry[] }> = v.object({
  seals: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      state: v.picklist(SEAL_STATES),
      number: v.optional(v.string()),
      licences: v.optional(v.boolean()),
      size: v.optional(v.object({ widthMm: v.number(), heightMm: v.number() })),
      validFrom: v.optional(v.number()),
      validTo: v.optional(v.number()),
    }),
  ),
})

/** How the record of a seal is read. */
export const RECORD: Schema<{ readonly uses: readonly SealUse[] }> = v.object({
  uses: v.array(
    v.object({
      id: v.string(),
      purpose: v.string(),
      state: v.picklist(['requested', 'approved', 'refused']),
      requestedBy: v.string(),
      requestedAt: v.number(),
      goodUntil: v.number(),
      keeper: v.optional(v.string()),
      decidedAt: v.optional(v.number()),
      reason: v.optional(v.string()),
      case: v.optional(v.string()),
      files: v.array(
        v.object({
          sha256: v.string(),
          length: v.number(),
          mediaType: v.string(),
          name: v.optional(v.string()),
          place: v.optional(
            v.object({ page: v.optional(v.number()), keyword: v.optional(v.string()) }),
          ),
          state: v.string(),
        }),
      ),
    }),
  ),
})
