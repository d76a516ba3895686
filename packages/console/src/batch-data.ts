/** What the API answers of batches. */

import * as v from 'valibot'
import type { Schema } from './request.ts'
import type { StateTone } from './state-word.tsx'

const BATCH_STATES = ['requested', 'withdrawn', 'refused', 'approved', 'stopped', 'done'] as const
/** A state of a batch. */
export type BatchState = (typeof BATCH_STATES)[number]

/** How a state weighs. */
export const BATCH_TONES: Readonly<Record<BatchState, StateTone>> = {
  requested: 'waiting',
  withdrawn: 'over',
  refused: 'bad',
  approved: 'waiting',
  stopped: 'bad',
  done: 'good',
}

/** A batch, and how far it is. */
export interface Batch {
  readonly id: string
  /** Licence type code (证照类型代码). */
  readonly type: string
  /** SHA-256 over agency, type and every row, base64url. */
  readonly digest: string
  readonly state: BatchState
  readonly rows: number
  readonly issued: number
  /** Rows that could not be issued any more. */
  readonly refused: number
  readonly requestedBy: string
  /** Unix seconds. */
  readonly requestedAt: number
  readonly decidedBy?: string | undefined
  readonly decidedAt?: number | undefined
  readonly reason?: string | undefined
  readonly finishedAt?: number | undefined
}

/** What a row asks for. */
export interface RowFacts {
  readonly serial?: string | undefined
  readonly version?: number | undefined
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly holderReference?: string | undefined
  readonly claims: Readonly<Record<string, string | number>>
}

/** A row of a batch. */
export interface BatchRow {
  readonly place: number
  /** Until the row is done. */
  readonly facts?: RowFacts | undefined
  /** Id of the licence it became. */
  readonly licence?: string | undefined
  readonly identifier?: string | undefined
  /** Why it has none. */
  readonly code?: string | undefined
}

/** What is wrong with a row of a file. */
export interface RowFault {
  /** As a spreadsheet counts: the headings are row 1. */
  readonly row: number
  readonly code: string
  readonly detail?: string | undefined
}

/** What a trial says. */
export interface Trial {
  /** How many rows are right. */
  readonly rows: number
  readonly digest: string
  readonly faults: readonly RowFault[]
}

/** How a batch is read. */
export const BATCH: Schema<Batch> = v.object({
  id: v.string(),
  type: v.string(),
  digest: v.string(),
  state: v.picklist(BATCH_STATES),
  rows: v.number(),
  issued: v.number(),
  refused: v.number(),
  requestedBy: v.string(),
  requestedAt: v.number(),
  decidedBy: v.optional(v.string()),
  decidedAt: v.optional(v.number()),
  reason: v.optional(v.string()),
  finishedAt: v.optional(v.number()),
})

/** How the list of batches is read. */
export const BATCHES: Schema<{ readonly batches: readonly Batch[] }> = v.object({
  batches: v.array(BATCH),
})

/** How rows of a batch are read. */
export const BATCH_ROWS: Schema<{ readonly rows: readonly BatchRow[] }> = v.object({
  rows: v.array(
    v.object({
      place: v.number(),
      facts: v.optional(
        v.object({
          serial: v.optional(v.string()),
          version: v.optional(v.number()),
          validFrom: v.string(),
          validTo: v.optional(v.string()),
          holderReference: v.optional(v.string()),
          claims: v.record(v.string(), v.union([v.string(), v.number()])),
        }),
      ),
      licence: v.optional(v.string()),
      identifier: v.optional(v.string()),
      code: v.optional(v.string()),
    }),
  ),
})

/** How a trial is read. */
export const TRIAL: Schema<Trial> = v.object({
  rows: v.number(),
  digest: v.string(),
  faults: v.array(v.object({ row: v.number(), code: v.string(), detail: v.optional(v.string()) })),
})

/** How the answer to a request is read. */
export const REQUESTED: Schema<{ readonly id: string }> = v.object({ id: v.string() })
