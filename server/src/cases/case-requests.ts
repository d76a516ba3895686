/** What is sent to the routes of cases, and what they answer. */
import { type Answers, isMatterCode, isUscc } from '@onetrip/credential'
import * as v from 'valibot'
import { CHOSEN_ID } from '../http/chosen-id.ts'
import { plainText } from '../licences/plain-text.ts'
import { CASE_STATES, PART_STATES } from './case-steps.ts'
import type { CaseRequest } from './draft-case.ts'
import { DRAFT_REQUEST, type DraftRequest } from './draft-licence.ts'
import type { FormValues } from './form.ts'
import type { MaterialRequest } from './materials.ts'
import type { StepWords } from './take-step.ts'
import type { CaseQuery } from './work-list.ts'

const MAX_REASON = 500
const MAX_OPINION = 1000
const MAX_VALUE = 2000
const CODE = v.pipe(v.string(), v.regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/))
const ID = v.pipe(v.string(), v.uuid(), v.toLowerCase())
const DIGEST = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
const VERSION = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.description('Of the case, or of the part, as it was seen'),
)
const USCC = v.pipe(v.string(), v.check(isUscc))
const MATTER = v.pipe(v.string(), v.check(isMatterCode))
/** What a schema makes of what was received. */
export type Body<Output> = v.GenericSchema<unknown, Output>

/** What is said with a step of a part; each step takes what is its. */
export interface PartStepBody extends StepWords {
  readonly opinion?: string | undefined
  readonly draft?: DraftRequest | undefined
  readonly seal?: string | undefined
  readonly atWindow?: boolean | undefined
}

const ANSWERS = v.pipe(
  v.record(CODE, CODE),
  v.description('Answers by question, to each of the guide'),
)

/** Code of a part or a material in a path. */
export const CODE_IN_PATH: v.GenericSchema<unknown, string> = CODE
/** Version in a query. */
export const VERSION_IN_QUERY: v.GenericSchema<unknown, number> = v.pipe(
  v.string(),
  v.regex(/^[1-9][0-9]{0,8}$/),
  v.transform(Number),
)

/** Body of `POST /guides/{matter}/plan`. */
export const PLAN_REQUEST: Body<{ readonly answers: Answers }> = named(
  'PlanRequest',
  v.strictObject({ answers: ANSWERS }),
)

/** Body of `POST /api/cases`. */
export const BEGIN_REQUEST: Body<Omit<CaseRequest, 'office'>> = named(
  'BeginCase',
  v.strictObject({
    matter: MATTER,
    answers: ANSWERS,
    applicant: v.pipe(
      plainText(120),
      v.description("The agency's own reference to whoever applies"),
    ),
  }),
)

/** Body of `POST /api/my/cases`. */
export const MY_BEGIN_REQUEST: Body<Omit<CaseRequest, 'applicant'>> = named(
  'BeginMyCase',
  v.strictObject({
    id: v.optional(
      v.pipe(
        CHOSEN_ID,
        v.description('Random, of the case; begun again under the same id it is the same one'),
      ),
    ),
    matter: MATTER,
    answers: ANSWERS,
    office: USCC,
  }),
)

/** Body of `…/form`. */
export const FORM_REQUEST: Body<{ readonly version: number; readonly values: FormValues }> = named(
  'CaseForm',
  v.strictObject({
    version: VERSION,
    values: v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(64)), v.pipe(v.string(), v.maxLength(MAX_VALUE))),
      v.description('Values by field; an empty one takes it out'),
    ),
  }),
)

/** Body of `…/materials/{material}`. */
export const MATERIAL_REQUEST: Body<MaterialRequest & { readonly version: number }> = named(
  'CaseMaterial',
  v.variant('way', [
    v.strictObject({ version: VERSION, way: v.literal('register'), licence: ID }),
    v.strictObject({
      version: VERSION,
      way: v.literal('promise'),
      text: v.pipe(
        v.string(),
        v.maxLength(MAX_VALUE),
        v.description('What is promised, word for word as the guide has it in zh-CN'),
      ),
    }),
    v.strictObject({ version: VERSION, way: v.literal('deferred') }),
  ]),
)

/** Body of `…/verification`. */
export const ASK_REQUEST: Body<{ readonly redirectUri?: string | undefined }> = named(
  'CaseVerification',
  v.strictObject({
    redirectUri: v.optional(
      v.pipe(
        v.string(),
        v.maxLength(1024),
        v.description('From home: page of ours that the browser goes back to'),
      ),
    ),
  }),
)

/** Body of `…/verification/result`. */
export const SHOWN_REQUEST: Body<{
  readonly version: number
  readonly responseCode?: string | undefined
}> = named('CaseShown', v.strictObject({ version: VERSION, responseCode: v.optional(DIGEST) }))

const WORDS = {
  version: VERSION,
  reason: v.optional(plainText(MAX_REASON)),
  ground: v.optional(v.pipe(CODE, v.description('Code of a legal ground of the guide'))),
}

/** Body of a step of a case. */
export const CASE_STEP_REQUEST: Body<StepWords> = named('CaseStep', v.strictObject(WORDS))

/** Body of a step of a part. */
export const PART_STEP_REQUEST: Body<PartStepBody> = named(
  'PartStep',
  v.strictObject({
    ...WORDS,
    opinion: v.optional(plainText(MAX_OPINION)),
    sha256: v.optional(v.pipe(DIGEST, v.description('Of the decision that is approved'))),
    draft: v.optional(DRAFT_REQUEST),
    seal: v.optional(v.pipe(ID, v.description('The seal that is asked for'))),
    atWindow: v.optional(v.pipe(v.boolean(), v.description('Whether the person came for it'))),
  }),
)

/** Body of `…/visits`. */
export const VISIT_REQUEST: Body<{ readonly day: string; readonly parts: readonly string[] }> =
  named(
    'CaseVisit',
    v.strictObject({
      day: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
      parts: v.pipe(v.array(CODE), v.minLength(1), v.maxLength(16)),
    }),
  )

/** Body of `…/visits/{visit}/findings`. */
export const FINDINGS_REQUEST: Body<{
  readonly part: string
  readonly passed: boolean
  readonly findings: string
}> = named(
  'VisitFindings',
  v.strictObject({ part: CODE, passed: v.boolean(), findings: plainText(MAX_OPINION) }),
)

/** Body of `…/feedback`. */
export const RATE_REQUEST: Body<{ readonly level: number; readonly words?: string | undefined }> =
  named(
    'CaseRating',
    v.strictObject({
      level: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
      words: v.optional(plainText(MAX_REASON)),
    }),
  )

/** Body of an answer to a rating or a report. */
export const ANSWER_REQUEST: Body<{ readonly answer: string }> = named(
  'AnswerRequest',
  v.strictObject({ answer: plainText(1000) }),
)

/** Query of `GET /api/cases`. */
export const CASES_QUERY: Body<CaseQuery> = v.strictObject({
  state: v.optional(v.picklist(CASE_STATES)),
  partState: v.optional(v.picklist(PART_STATES)),
  matter: v.optional(MATTER),
  number: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-Z-]{1,64}$/))),
  waiting: v.optional(v.literal('me')),
  before: v.optional(ID),
})

/** A record's id, in lower case. */
export const RECORD_ID: v.GenericSchema<unknown, string> = ID

const ANY = v.record(v.string(), v.unknown())

/** A case as whoever it concerns sees it. */
export const CASE_ANSWER: v.GenericSchema = v.pipe(
  v.object({
    id: v.string(),
    matter: v.string(),
    name: ANY,
    office: v.string(),
    state: v.picklist(CASE_STATES),
    version: v.number(),
    number: v.nullable(v.pipe(v.string(), v.description('Number of the acceptance (受理编号)'))),
    channel: v.picklist(['counter', 'home']),
    form: v.record(v.string(), v.string()),
    answers: v.record(v.string(), v.string()),
    materials: v.array(ANY),
    parts: v.array(ANY),
    visits: v.array(ANY),
    actions: v.pipe(v.array(v.string()), v.description('Steps that may be taken from here')),
    steps: v.array(ANY),
  }),
  v.metadata({ ref: 'Case' }),
)

/** What a change leads to. */
export const CHANGED_ANSWER: v.GenericSchema = v.pipe(
  v.object({ version: v.number() }),
  v.metadata({ ref: 'ChangedCase' }),
)

/** An answer whose members its pages know. */
export const OPEN_ANSWER: v.GenericSchema = v.pipe(ANY, v.metadata({ ref: 'CaseData' }))

function named<Output>(ref: string, schema: Body<Output>): Body<Output> {
  return v.pipe(schema, v.metadata({ ref }))
}
