/** The guide of a matter (办事指南) as an agency writes it: its JSON, member by member. What belongs together is checked in `guide.ts`. */
import { isClaimName, isPlainText, isTypeCode, type When } from '@onetrip/credential'
import * as v from 'valibot'

const MAX_DAYS = 365
const MAX_LIST = 64
/** Answers and forms come in as records, which lose these names: nobody could answer such a question or fill in such a field. */
const LOST_NAMES: readonly string[] = ['constructor', 'prototype']
const isKept = (name: string): boolean => !LOST_NAMES.includes(name)
const CODE = v.pipe(v.string(), v.regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/), v.check(isKept))
const LINE = v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.check(isPlainText))
const LONG = v.pipe(v.string(), v.minLength(1), v.maxLength(2000), v.check(isPlainText))
const TEXT = v.strictObject({ 'zh-CN': LINE, en: LINE })
const DAYS = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_DAYS))
const CLAIM = v.pipe(v.string(), v.check(isClaimName))
const FIELD_NAME = v.pipe(CLAIM, v.check(isKept))

const CHOICE = v.strictObject({ code: CODE, text: TEXT })
const WHEN = v.pipe(
  v.array(v.strictObject({ question: CODE, answers: v.pipe(v.array(CODE), v.minLength(1)) })),
  v.minLength(1),
  v.maxLength(MAX_LIST),
)

const QUESTION = v.strictObject({
  code: CODE,
  text: TEXT,
  answers: v.pipe(v.array(CHOICE), v.minLength(2), v.maxLength(MAX_LIST)),
  when: v.optional(WHEN),
})

const FIELD = v.strictObject({
  name: FIELD_NAME,
  label: TEXT,
  kind: v.picklist(['text', 'choice', 'number', 'phone', 'day']),
  required: v.boolean(),
  when: v.optional(WHEN),
  maxCharacters: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)),
  from: v.optional(v.strictObject({ material: CODE, claim: CLAIM })),
  options: v.optional(v.pipe(v.array(CHOICE), v.minLength(1), v.maxLength(MAX_LIST))),
  parts: v.optional(v.pipe(v.array(CODE), v.maxLength(MAX_LIST))),
  isPlace: v.optional(v.literal(true)),
})

const CHECK = v.union([
  v.strictObject({ material: CODE, claim: CLAIM, contains: LINE }),
  v.strictObject({ material: CODE, claim: CLAIM, equalsField: FIELD_NAME }),
])

const RESULT = v.variant('kind', [
  v.strictObject({ kind: v.literal('none') }),
  v.strictObject({ kind: v.literal('notice'), name: TEXT }),
  v.strictObject({
    kind: v.literal('licence'),
    type: v.pipe(v.string(), v.check(isTypeCode)),
    years: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  }),
])

const PART = v.strictObject({
  code: CODE,
  when: v.optional(WHEN),
  conditions: v.pipe(v.array(TEXT), v.minLength(1), v.maxLength(MAX_LIST)),
  basis: v.pipe(v.array(LINE), v.minLength(1), v.maxLength(MAX_LIST)),
  limit: v.strictObject({ statutoryDays: DAYS, promisedDays: DAYS, warnDays: DAYS }),
  result: RESULT,
  refusalGrounds: v.pipe(
    v.array(v.strictObject({ code: CODE, text: TEXT, basis: LINE })),
    v.minLength(1),
    v.maxLength(MAX_LIST),
  ),
  visit: v.optional(v.strictObject({ stopsClock: v.boolean(), unless: v.optional(WHEN) })),
  check: v.optional(v.pipe(v.array(CHECK), v.minLength(1), v.maxLength(MAX_LIST))),
  promise: v.optional(v.strictObject({ material: CODE, promisedDays: DAYS })),
})

/** Ways in which a material may be there; see {@link GuideMaterial}. */
export const SOURCES = ['licence', 'register', 'upload', 'promise', 'generated'] as const

const MATERIAL = v.strictObject({
  code: CODE,
  sources: v.pipe(v.array(v.picklist(SOURCES)), v.minLength(1), v.maxLength(SOURCES.length)),
  when: v.optional(WHEN),
  deferDays: v.optional(v.pipe(DAYS, v.minValue(1))),
  promise: v.optional(v.strictObject({ 'zh-CN': LONG, en: LONG })),
})

const GUIDE = v.strictObject({
  format: v.literal(1),
  matter: CODE,
  version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999)),
  questions: v.pipe(v.array(QUESTION), v.maxLength(MAX_LIST)),
  form: v.pipe(v.array(FIELD), v.minLength(1), v.maxLength(MAX_LIST)),
  parts: v.pipe(v.array(PART), v.minLength(1), v.maxLength(MAX_LIST)),
  materials: v.pipe(v.array(MATERIAL), v.minLength(1), v.maxLength(MAX_LIST)),
})

/** The shape of a guide. */
export const GUIDE_SHAPE: v.GenericSchema<unknown, Guide> = GUIDE

/** A text for people in both languages. */
export interface GuideText {
  readonly 'zh-CN': string
  readonly en: string
}

/** One of the answers of a question, or of the values of a field. */
export interface Choice {
  readonly code: string
  readonly text: GuideText
}

/** A question whose answer leaves only what applies. */
export interface GuideQuestion {
  readonly code: string
  readonly text: GuideText
  readonly answers: readonly Choice[]
  /** By questions that stand before it. */
  readonly when?: When | undefined
}

/** A field of the one form. */
export interface GuideField {
  readonly name: string
  readonly label: GuideText
  readonly kind: 'text' | 'choice' | 'number' | 'phone' | 'day'
  readonly required: boolean
  /** Answers without which it is no field of the form. */
  readonly when?: When | undefined
  readonly maxCharacters: number
  /** Claim of a shown licence by which it is filled in. */
  readonly from?: { readonly material: string; readonly claim: string } | undefined
  readonly options?: readonly Choice[] | undefined
  /** Codes of the parts that are decided by it; all unless said, and none where it is for questions only. */
  readonly parts?: readonly string[] | undefined
  /** The place that the matter is about: by it two cases of one applicant are alike. */
  readonly isPlace?: true | undefined
}

/** What a claim has to say for a part to be settled by data alone. */
export type DataCheck =
  | { readonly material: string; readonly claim: string; readonly contains: string }
  | { readonly material: string; readonly claim: string; readonly equalsField: string }

/** What comes of a part. */
export type PartResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'notice'; readonly name: GuideText }
  | { readonly kind: 'licence'; readonly type: string; readonly years?: number | undefined }

/** One department's part. */
export interface GuidePart {
  readonly code: string
  readonly when?: When | undefined
  readonly conditions: readonly GuideText[]
  readonly basis: readonly string[]
  /** In working days. */
  readonly limit: {
    readonly statutoryDays: number
    readonly promisedDays: number
    readonly warnDays: number
  }
  readonly result: PartResult
  readonly refusalGrounds: readonly {
    readonly code: string
    readonly text: GuideText
    readonly basis: string
  }[]
  /** A visit on the spot is due before the decision, `unless` answers spare it. */
  readonly visit?: { readonly stopsClock: boolean; readonly unless?: When | undefined } | undefined
  /** Settled at once where all of them hold. */
  readonly check?: readonly DataCheck[] | undefined
  /** The limit where this material is a promise. */
  readonly promise?: { readonly material: string; readonly promisedDays: number } | undefined
}

/**
 * How a material may be there: `licence` shown from a wallet, `register` read from this agency's own licences, `upload`, `promise`
 * (告知承诺), `generated` from the form. With `deferDays` it may follow within so many working days (容缺).
 */
export interface GuideMaterial {
  readonly code: string
  readonly sources: readonly (typeof SOURCES)[number][]
  readonly when?: When | undefined
  readonly deferDays?: number | undefined
  /** What is promised, with what follows when it is not true. */
  readonly promise?: GuideText | undefined
}

/** The guide of a matter, in one of its versions. */
export interface Guide {
  readonly format: 1
  readonly matter: string
  readonly version: number
  readonly questions: readonly GuideQuestion[]
  readonly form: readonly GuideField[]
  readonly parts: readonly GuidePart[]
  readonly materials: readonly GuideMaterial[]
}
