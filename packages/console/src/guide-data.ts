/** What the API answers of guides: what a matter needs, and what of it applies. */

import type { When } from '@onetrip/credential'
import * as v from 'valibot'
import type { BothTexts } from './case-file.ts'
import type { Schema } from './request.ts'

/** Matters that can be brought, each with the offices where. */
export interface Matters {
  readonly matters: readonly {
    readonly code: string
    readonly name: BothTexts
    readonly offices: readonly string[]
    readonly parts: readonly { readonly code: string; readonly name: BothTexts }[]
  }[]
}

/** One of the answers of a question, or of the values of a field. */
export interface GuideChoice {
  readonly code: string
  readonly text: BothTexts
}

/** A field of the one form. */
export interface GuideField {
  readonly name: string
  readonly label: BothTexts
  readonly kind: 'text' | 'choice' | 'number' | 'phone' | 'day'
  readonly required: boolean
  readonly maxCharacters: number
  readonly options?: readonly GuideChoice[] | undefined
}

/** Questions and form of a matter. */
export interface Guide {
  readonly questions: readonly {
    readonly code: string
    readonly text: BothTexts
    readonly answers: readonly GuideChoice[]
    readonly when?: When | undefined
  }[]
  readonly form: readonly GuideField[]
}

/** What applies by somebody's answers. */
export interface GuidePlan {
  readonly parts: readonly {
    readonly code: string
    readonly name: BothTexts
    readonly limit: { readonly promisedDays: number }
    readonly conditions: readonly BothTexts[]
    readonly needsVisit: boolean
  }[]
  readonly materials: readonly {
    readonly code: string
    readonly name: BothTexts
    readonly sources: readonly string[]
  }[]
}

const TEXT = v.object({ 'zh-CN': v.string(), en: v.string() })
const CHOICE = v.object({ code: v.string(), text: TEXT })
const MATTERS = v.object({
  matters: v.array(
    v.object({
      code: v.string(),
      name: TEXT,
      offices: v.array(v.string()),
      parts: v.array(v.object({ code: v.string(), name: TEXT })),
    }),
  ),
})
const FIELD = v.object({
  name: v.string(),
  label: TEXT,
  kind: v.picklist(['text', 'choice', 'number', 'phone', 'day']),
  required: v.boolean(),
  maxCharacters: v.number(),
  options: v.optional(v.array(CHOICE)),
})
const GUIDE = v.object({
  questions: v.array(
    v.object({
      code: v.string(),
      text: TEXT,
      answers: v.array(CHOICE),
      when: v.optional(v.array(v.object({ question: v.string(), answers: v.array(v.string()) }))),
    }),
  ),
  form: v.array(FIELD),
})
const PLAN = v.object({
  parts: v.array(
    v.object({
      code: v.string(),
      name: TEXT,
      limit: v.object({ promisedDays: v.number() }),
      conditions: v.array(TEXT),
      needsVisit: v.boolean(),
    }),
  ),
  materials: v.array(v.object({ code: v.string(), name: TEXT, sources: v.array(v.string()) })),
})

/** How a field is read. */
export const READ_FIELD: Schema<GuideField> = FIELD
/** How matters are read. */
export const READ_MATTERS: Schema<Matters> = MATTERS
/** How a guide is read. */
export const READ_GUIDE: Schema<Guide> = GUIDE
/** How a plan is read. */
export const READ_PLAN: Schema<GuidePlan> = PLAN
