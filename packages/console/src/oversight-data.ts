/** What the API answers of ratings (好差评) and of reports of licences. */

import * as v from 'valibot'
import type { Schema } from './request.ts'

const NAME = v.object({ 'zh-CN': v.string(), en: v.string() })
const ANSWER = {
  answer: v.nullable(v.string()),
  answeredAt: v.nullable(v.number()),
} as const

/** What somebody said of how a part of a case was handled. */
export interface Rating {
  readonly id: string
  /** Number of the case. */
  readonly number: string | null
  readonly name: { readonly 'zh-CN': string; readonly en: string }
  /** 5 非常满意 to 1 非常不满意. */
  readonly level: number
  readonly words: string | null
  /** Unix seconds. */
  readonly at: number
  /** `none` where nobody has to answer. */
  readonly state: 'none' | 'open' | 'answered'
  readonly dueDay: string | null
  readonly answer: string | null
  readonly answeredAt: number | null
}

/** A licence that somebody did not believe. */
export interface Report {
  readonly id: string
  /** Code of the verdict. */
  readonly code: string
  readonly place: 'counter' | 'wallet'
  readonly evidence: Readonly<Record<string, string | number>>
  readonly words: string | null
  /** Unix seconds. */
  readonly at: number
  readonly state: 'open' | 'answered'
  readonly answer: string | null
  readonly answeredAt: number | null
}

/** How ratings are read. */
export const FEEDBACK: Schema<{ readonly feedback: readonly Rating[] }> = v.object({
  feedback: v.array(
    v.object({
      id: v.string(),
      number: v.nullable(v.string()),
      name: NAME,
      level: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
      words: v.nullable(v.string()),
      at: v.number(),
      state: v.picklist(['none', 'open', 'answered']),
      dueDay: v.nullable(v.string()),
      ...ANSWER,
    }),
  ),
})

/** How reports are read. */
export const REPORTS: Schema<{ readonly reports: readonly Report[] }> = v.object({
  reports: v.array(
    v.object({
      id: v.string(),
      code: v.string(),
      place: v.picklist(['counter', 'wallet']),
      evidence: v.record(v.string(), v.union([v.string(), v.number()])),
      words: v.nullable(v.string()),
      at: v.number(),
      state: v.picklist(['open', 'answered']),
      ...ANSWER,
    }),
  ),
})
