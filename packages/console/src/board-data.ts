/** What the API answers of the board (看板). */

import * as v from 'valibot'
import type { Schema } from './request.ts'

/** Between 0 and 1; null where there is nothing to count. */
const RATE = v.nullable(v.number())

/** Figures of an organisation, over the cases that were accepted since a day. */
export interface Board {
  readonly cases: { readonly accepted: number; readonly open: number; readonly closed: number }
  readonly trips: {
    readonly atMostOnce: number
    readonly never: number
    readonly atMostOnceRate: number | null
  }
  readonly materials: { readonly spared: number; readonly asked: number; readonly late: number }
  readonly limits: {
    readonly decided: number
    readonly inTime: number
    readonly underWay: number
    readonly overdue: number
    readonly inTimeRate: number | null
  }
  readonly feedback: {
    readonly ratings: number
    readonly goodRate: number | null
    readonly levels: Readonly<Record<'1' | '2' | '3' | '4' | '5', number>>
  }
}

/** How the board is read. */
export const BOARD: Schema<Board> = v.object({
  cases: v.object({ accepted: v.number(), open: v.number(), closed: v.number() }),
  trips: v.object({ atMostOnce: v.number(), never: v.number(), atMostOnceRate: RATE }),
  materials: v.object({ spared: v.number(), asked: v.number(), late: v.number() }),
  limits: v.object({
    decided: v.number(),
    inTime: v.number(),
    underWay: v.number(),
    overdue: v.number(),
    inTimeRate: RATE,
  }),
  feedback: v.object({
    ratings: v.number(),
    goodRate: RATE,
    levels: v.object({
      1: v.number(),
      2: v.number(),
      3: v.number(),
      4: v.number(),
      5: v.number(),
    }),
  }),
})
