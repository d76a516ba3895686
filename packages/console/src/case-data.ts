/** What the API answers of cases. */

import * as v from 'valibot'
import type { BothTexts, CaseFile, CasesPage, SealedDecision } from './case-file.ts'
import { CASE_STATES, PART_STATES } from './case-states.ts'
import { READ_FIELD } from './guide-data.ts'
import type { Schema } from './request.ts'

const TEXT = v.object({ 'zh-CN': v.string(), en: v.string() })
const LIMIT = v.nullable(
  v.object({
    light: v.picklist(['green', 'yellow', 'red', 'stopped']),
    dueDay: v.string(),
    leftDays: v.number(),
  }),
)
const PART_LINE = {
  code: v.string(),
  state: v.picklist(PART_STATES),
  version: v.number(),
  limit: LIMIT,
}

const LINE = v.object({
  id: v.string(),
  number: v.nullable(v.string()),
  matter: v.string(),
  applicant: v.optional(v.string()),
  state: v.picklist(CASE_STATES),
  createdAt: v.number(),
  parts: v.array(v.object(PART_LINE)),
})

const GROUND = v.object({ code: v.string(), text: TEXT, basis: v.string() })
const RESULT = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('notice'), name: TEXT }),
  v.object({
    kind: v.literal('licence'),
    type: v.string(),
    typeVersion: v.number(),
    years: v.optional(v.number()),
  }),
])
const CLAIMS = v.record(v.string(), v.union([v.string(), v.number()]))
const DRAFT = v.object({
  words: v.optional(v.string()),
  serial: v.optional(v.string()),
  validFrom: v.optional(v.string()),
  validTo: v.optional(v.string()),
  claims: v.optional(CLAIMS),
})

const PART = v.object({
  ...PART_LINE,
  name: TEXT,
  officeName: TEXT,
  result: RESULT,
  conditions: v.array(TEXT),
  basis: v.array(v.string()),
  grounds: v.array(GROUND),
  needsVisit: v.boolean(),
  opinion: v.optional(v.nullable(v.string())),
  draft: v.optional(v.nullable(DRAFT)),
  document: v.optional(v.nullable(v.string())),
  sha256: v.optional(v.nullable(v.string())),
  ground: v.optional(GROUND),
  licence: v.nullable(v.string()),
  actions: v.array(v.string()),
  mayApprove: v.boolean(),
})

const EVIDENCE = v.object({
  upload: v.optional(v.string()),
  mediaType: v.optional(v.string()),
  length: v.optional(v.number()),
  serial: v.optional(v.string()),
  type: v.optional(v.string()),
  typeVersion: v.optional(v.number()),
  claims: v.optional(CLAIMS),
  text: v.optional(v.string()),
})

const MATERIAL = v.object({
  code: v.string(),
  name: TEXT,
  sources: v.array(v.string()),
  deferDays: v.nullable(v.number()),
  promise: v.nullable(TEXT),
  parts: v.array(v.string()),
  way: v.nullable(
    v.picklist(['licence', 'register', 'upload', 'promise', 'generated', 'deferred']),
  ),
  dueDay: v.optional(v.nullable(v.string())),
  reminder: v.optional(v.nullable(v.picklist(['none', 'soon', 'late']))),
  evidence: v.optional(EVIDENCE),
})

const VISIT = v.object({
  id: v.string(),
  day: v.string(),
  part: v.string(),
  passed: v.nullable(v.boolean()),
  findings: v.nullable(v.string()),
})

const ALIKE = v.object({
  cases: v.array(
    v.object({
      id: v.optional(v.string()),
      number: v.nullable(v.string()),
      state: v.picklist(CASE_STATES),
      officeName: TEXT,
    }),
  ),
  licences: v.array(
    v.object({
      id: v.optional(v.string()),
      typeName: TEXT,
      serial: v.string(),
      status: v.picklist(['valid', 'suspended']),
    }),
  ),
})

const STEP = v.object({
  part: v.string(),
  action: v.string(),
  by: v.nullable(v.string()),
  doer: v.picklist(['staff', 'citizen', 'server']),
  reason: v.nullable(v.string()),
  at: v.number(),
})

const CASE = v.object({
  id: v.string(),
  matter: v.string(),
  name: TEXT,
  officeName: TEXT,
  number: v.nullable(v.string()),
  state: v.picklist(CASE_STATES),
  version: v.number(),
  channel: v.picklist(['counter', 'home']),
  trips: v.number(),
  applicant: v.optional(v.string()),
  createdAt: v.number(),
  submittedAt: v.nullable(v.number()),
  acceptedAt: v.nullable(v.number()),
  closedAt: v.nullable(v.number()),
  answers: v.record(v.string(), v.string()),
  form: v.record(v.string(), v.string()),
  fields: v.array(v.intersect([READ_FIELD, v.object({ fixedBy: v.array(v.string()) })])),
  materials: v.array(MATERIAL),
  parts: v.array(PART),
  visits: v.array(VISIT),
  alike: ALIKE,
  planned: v.array(v.object({ id: v.string(), day: v.string(), offices: v.array(TEXT) })),
  actions: v.array(v.string()),
  declined: v.optional(v.object({ ground: v.optional(GROUND), objection: TEXT })),
  steps: v.array(STEP),
})

const CASES_PAGE = v.object({ cases: v.array(LINE), next: v.optional(v.string()) })

/** How a page of the list is read. */
export const READ_CASES: Schema<CasesPage> = CASES_PAGE
/** How a case is read. */
export const READ_CASE: Schema<CaseFile> = CASE

/** A licence of the register that serves as a material. */
export interface RegisteredLicence {
  readonly id: string
  readonly typeName: BothTexts
  readonly serial: string
}

/** How licences of the register are read. */
export const READ_REGISTERED: Schema<{ readonly licences: readonly RegisteredLicence[] }> =
  v.object({
    licences: v.array(v.object({ id: v.string(), typeName: TEXT, serial: v.string() })),
  })
/** What a change leads to. */
export const CHANGED: Schema<{ readonly version: number }> = v.object({ version: v.number() })
/** A case that was begun. */
export const BEGUN: Schema<{ readonly id: string }> = v.object({ id: v.string() })

/** A part's decision as it was sealed. */
export const SEALED_DECISION: Schema<SealedDecision> = v.object({
  document: v.string(),
  seal: v.string(),
})
