/** Shapes of what the API answers about seals, for the OpenAPI document. */
import * as v from 'valibot'

const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))

const SEAL_ENTRIES = {
  id: v.string(),
  maker: v.pipe(v.string(), v.description('USCC of the seal maker')),
  owner: v.object({ uscc: v.string(), name: v.string() }),
  name: v.string(),
  kind: v.string(),
  state: v.picklist([
    'applied',
    'refused',
    'making',
    'made',
    'in-use',
    'suspended',
    'changed',
    'cancelled',
  ]),
  createdAt: UNIX_SECONDS,
  number: v.optional(v.pipe(v.string(), v.description('Identifier of the seal (印章编码)'))),
  replaces: v.optional(v.string()),
  licences: v.optional(
    v.pipe(v.literal(true), v.description('The agency issues its licences under it')),
  ),
  validFrom: v.optional(UNIX_SECONDS),
  validTo: v.optional(UNIX_SECONDS),
  size: v.optional(
    v.pipe(
      v.object({ widthMm: v.number(), heightMm: v.number() }),
      v.description('How large it stands on a page'),
    ),
  ),
  cose: v.optional(v.pipe(v.string(), v.description('The seal as COSE_Sign1, base64url'))),
  jws: v.optional(v.pipe(v.string(), v.description('The seal as compact JWS'))),
}

const USE = v.object({
  id: v.pipe(v.string(), v.description('Names the approval in each impression')),
  seal: v.string(),
  purpose: v.string(),
  state: v.picklist(['requested', 'approved', 'refused']),
  requestedBy: v.string(),
  requestedAt: UNIX_SECONDS,
  goodUntil: v.pipe(UNIX_SECONDS, v.description('A request waits, an approval holds until then')),
  keeper: v.optional(v.string()),
  decidedAt: v.optional(UNIX_SECONDS),
  reason: v.optional(v.string()),
  case: v.optional(
    v.pipe(v.string(), v.description('The case whose decision it is for, for whoever may open it')),
  ),
  files: v.array(
    v.object({
      sha256: v.pipe(v.string(), v.description('base64url')),
      length: v.number(),
      mediaType: v.string(),
      name: v.optional(v.string()),
      state: v.picklist(['waiting', 'pending', 'sealed']),
      sealedAt: v.optional(UNIX_SECONDS),
      stampedAt: v.optional(
        v.pipe(v.number(), v.integer(), v.description('Unix seconds that its time-stamp states')),
      ),
      stampFault: v.optional(
        v.pipe(
          v.string(),
          v.description('Code of why it has no time-stamp, where one was asked for'),
        ),
      ),
    }),
  ),
})

/** The id of what was made. */
export const MADE_ANSWER: v.GenericSchema = v.pipe(
  v.object({ id: v.string() }),
  v.metadata({ ref: 'Made' }),
)

/** A seal with the steps of its life. */
export const SEAL_ANSWER: v.GenericSchema = v.pipe(
  v.object({
    ...SEAL_ENTRIES,
    steps: v.array(
      v.object({ act: v.string(), reason: v.string(), at: UNIX_SECONDS, by: v.string() }),
    ),
  }),
  v.metadata({ ref: 'Seal' }),
)

/** Seals without their steps. */
export const SEALS_ANSWER: v.GenericSchema = v.pipe(
  v.object({ seals: v.array(v.object(SEAL_ENTRIES)) }),
  v.metadata({ ref: 'Seals' }),
)

/** One use of a seal. */
export const USE_ANSWER: v.GenericSchema = v.pipe(USE, v.metadata({ ref: 'SealUse' }))

/** All uses of a seal. */
export const RECORD_ANSWER: v.GenericSchema = v.pipe(
  v.object({ uses: v.array(USE) }),
  v.metadata({ ref: 'SealRecord' }),
)
