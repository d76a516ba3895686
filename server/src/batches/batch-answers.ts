/** Requests and answers of the routes of batches, as `openapi.json` describes them. */
import * as v from 'valibot'
import { plainText } from '../licences/plain-text.ts'

const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))
const DIGEST = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/),
  v.description('SHA-256 over agency, type and every row in its order, base64url'),
)
const STATE = v.picklist(['requested', 'withdrawn', 'refused', 'approved', 'stopped', 'done'])

/** Body of a decision: over the digest of what was read. */
export const DECISION_REQUEST: v.GenericSchema<
  unknown,
  {
    readonly decision: 'approve' | 'refuse'
    readonly digest: string
    readonly reason?: string | undefined
  }
> = v.pipe(
  v.strictObject({
    decision: v.picklist(['approve', 'refuse']),
    digest: DIGEST,
    reason: v.optional(plainText(500)),
  }),
  v.metadata({ ref: 'BatchDecision' }),
)

/** Body of a stop. */
export const STOP_REQUEST: v.GenericSchema<unknown, { readonly reason: string }> = v.pipe(
  v.strictObject({ reason: plainText(500) }),
  v.metadata({ ref: 'BatchStop' }),
)

/** Body of a resumption. */
export const RESUME_REQUEST: v.GenericSchema<unknown, Readonly<Record<string, never>>> = v.pipe(
  v.strictObject({}),
  v.metadata({ ref: 'BatchResume' }),
)

/** Answer to a trial. */
export const TRIAL_ANSWER: v.GenericSchema = v.pipe(
  v.object({
    rows: v.pipe(v.number(), v.description('How many are right')),
    digest: DIGEST,
    faults: v.array(
      v.object({
        row: v.pipe(v.number(), v.description('As a spreadsheet counts: the headings are row 1')),
        code: v.string(),
        detail: v.optional(v.string()),
      }),
    ),
  }),
  v.metadata({ ref: 'BatchTrial' }),
)

/** Answer to a request. */
export const REQUESTED_BATCH: v.GenericSchema = v.pipe(
  v.object({ id: v.string(), state: STATE, rows: v.number(), digest: DIGEST }),
  v.metadata({ ref: 'RequestedBatch' }),
)

/** A batch after a step. */
export const STEPPED_BATCH: v.GenericSchema = v.pipe(
  v.object({ id: v.string(), state: STATE }),
  v.metadata({ ref: 'SteppedBatch' }),
)

/** A batch and how far it is. */
export const BATCH: v.GenericSchema = v.pipe(
  v.object({
    id: v.string(),
    type: v.string(),
    digest: DIGEST,
    state: STATE,
    rows: v.number(),
    issued: v.number(),
    refused: v.pipe(v.number(), v.description('Rows that could not be issued any more')),
    requestedBy: v.string(),
    requestedAt: UNIX_SECONDS,
    decidedBy: v.optional(v.string()),
    decidedAt: v.optional(UNIX_SECONDS),
    reason: v.optional(v.string()),
    finishedAt: v.optional(UNIX_SECONDS),
  }),
  v.metadata({ ref: 'Batch' }),
)

/** Batches, the newest first. */
export const BATCHES: v.GenericSchema = v.pipe(
  v.object({ batches: v.array(BATCH) }),
  v.metadata({ ref: 'Batches' }),
)

/** Rows of a batch. */
export const BATCH_ROWS: v.GenericSchema = v.pipe(
  v.object({
    rows: v.array(
      v.object({
        place: v.number(),
        facts: v.optional(v.pipe(v.looseObject({}), v.description('Until the row is done'))),
        licence: v.optional(v.string()),
        identifier: v.optional(v.string()),
        code: v.optional(v.pipe(v.string(), v.description('Why it has no licence'))),
      }),
    ),
  }),
  v.metadata({ ref: 'BatchRows' }),
)
