/** What an office sends to ask over the network, and what it gets. */
import {
  CLIENT_PREFIXES,
  type ClientId,
  isClaimName,
  isMatterCode,
  isPlainLine,
  isTypeCode,
  isUscc,
  QUERY_FORMATS,
  type QueryFormat,
  RESPONSE_MODES,
  type ResponseMode,
  SD_JWT_FORMAT,
  WANT_LIMITS,
} from '@onetrip/credential'
import * as v from 'valibot'

const MAX_PURPOSE_CHARACTERS = 100
const MATTER_CODE = v.pipe(v.string(), v.check(isMatterCode))

const WANT = v.strictObject({
  material: v.pipe(MATTER_CODE, v.description('Code of a material of the matter')),
  required: v.optional(v.boolean(), true),
  options: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          type: v.pipe(v.string(), v.check(isTypeCode), v.description('Type code, 21 characters')),
          claims: v.optional(
            v.pipe(
              v.array(v.pipe(v.string(), v.check(isClaimName))),
              v.maxLength(WANT_LIMITS.claims),
              v.description('All that the catalogue allows when left out'),
            ),
          ),
        }),
      ),
      v.minLength(1),
      v.maxLength(WANT_LIMITS.options),
      v.description('Every licence type that serves as the material when left out'),
    ),
  ),
})

/** What an office asks; what it leaves out is what the catalogue allows. */
export interface OpenRequest {
  readonly office?: string | undefined
  readonly matter: string
  readonly purpose: string
  readonly wants?: readonly AskedWant[] | undefined
  readonly responseMode: ResponseMode
  readonly clientIdPrefix: ClientId['prefix']
  readonly signMatter: boolean
  readonly format: QueryFormat
  readonly redirectUri?: string | undefined
}

/** A material that an office asks for. */
export interface AskedWant {
  readonly material: string
  readonly required: boolean
  readonly options?:
    | readonly { readonly type: string; readonly claims?: readonly string[] | undefined }[]
    | undefined
}

/** Body of `POST /api/verifications`. */
export const OPEN_REQUEST: v.GenericSchema<unknown, OpenRequest> = v.pipe(
  v.strictObject({
    office: v.optional(
      v.pipe(
        v.string(),
        v.check(isUscc),
        v.description('Unified social credit code; the key’s own when it has one office'),
      ),
    ),
    matter: v.pipe(MATTER_CODE, v.description('Code of a matter of the catalogue')),
    purpose: v.pipe(
      v.string(),
      v.check((text) => isPlainLine(text, MAX_PURPOSE_CHARACTERS)),
      v.description(
        'What it is for, in words that the holder reads: one line, 1 to 100 characters',
      ),
    ),
    wants: v.optional(
      v.pipe(
        v.array(WANT),
        v.minLength(1),
        v.maxLength(WANT_LIMITS.wants),
        v.description('Every material that a licence serves as, none required, when left out'),
      ),
    ),
    responseMode: v.optional(
      v.pipe(v.picklist(RESPONSE_MODES), v.description('Encrypted unless said otherwise')),
      'direct_post.jwt',
    ),
    clientIdPrefix: v.optional(v.picklist(CLIENT_PREFIXES), 'x509_hash'),
    signMatter: v.optional(
      v.pipe(
        v.boolean(),
        v.description(
          'Whether the holder’s key signs matter and purpose too (transaction_data); wallets that do not know its type refuse',
        ),
      ),
      false,
    ),
    format: v.optional(
      v.pipe(
        v.picklist(QUERY_FORMATS),
        v.description(
          'In which form licences are shown; an mdoc signs no matter, and no counter asks for one',
        ),
      ),
      SD_JWT_FORMAT,
    ),
    redirectUri: v.optional(
      v.pipe(
        v.string(),
        v.maxLength(1024),
        v.check(isReturnAddress),
        v.description(
          'For a person who came with the browser that holds the wallet: where it goes back to, with a response code in the fragment',
        ),
      ),
    ),
  }),
  v.metadata({ ref: 'OpenVerification' }),
)

/** Body of `POST /api/verifications/{id}/result`. */
export const RESULT_REQUEST: v.GenericSchema<unknown, { readonly responseCode: string }> = v.pipe(
  v.strictObject({
    responseCode: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9_-]{43}$/),
      v.description('From the fragment of the address that the person came back to'),
    ),
  }),
  v.metadata({ ref: 'ReadVerification' }),
)

const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))
const OUTCOME = v.picklist(['valid', 'caution', 'invalid', 'unverifiable'])

const OPENED = {
  id: v.string(),
  uri: v.pipe(v.string(), v.description('Link into our wallet; also a code to be scanned')),
  openid4vpUri: v.pipe(v.string(), v.description('The same for other wallets, openid4vp:')),
  requestUri: v.string(),
  expiresAt: UNIX_SECONDS,
} as const

/** Answer to an opening. */
export const OPENED_ANSWER: v.GenericSchema = v.pipe(
  v.object(OPENED),
  v.metadata({ ref: 'OpenedVerification' }),
)

/** The same for a counter. */
export const OPENED_FOR_COUNTER: v.GenericSchema = v.pipe(
  v.object({
    ...OPENED,
    stateToken: v.pipe(v.string(), v.description('Tells at /asking/states how the request stands')),
  }),
  v.metadata({ ref: 'OpenedForCounter' }),
)

const MATERIAL = v.object({
  material: v.string(),
  required: v.boolean(),
  outcome: OUTCOME,
  reason: v.optional(v.pipe(v.string(), v.description('Stable code'))),
  missing: v.pipe(v.array(v.string()), v.description('Claims that were asked and stayed hidden')),
  licence: v.optional(
    v.object({
      type: v.string(),
      typeVersion: v.optional(
        v.pipe(v.number(), v.description('Of the definition that names its claims')),
      ),
      issuer: v.string(),
      serial: v.string(),
      version: v.number(),
      validFrom: v.string(),
      validTo: v.optional(v.string()),
      claims: v.record(v.string(), v.union([v.string(), v.number()])),
    }),
  ),
})

/** A verification as its opener sees it. */
export const VERIFICATION_ANSWER: v.GenericSchema = v.pipe(
  v.object({
    id: v.string(),
    office: v.string(),
    matter: v.string(),
    purpose: v.string(),
    state: v.picklist(['open', 'answered', 'declined', 'expired']),
    expiresAt: UNIX_SECONDS,
    forgetAt: v.pipe(UNIX_SECONDS, v.description('Then all of it is deleted')),
    result: v.optional(
      v.object({
        outcome: OUTCOME,
        reason: v.optional(v.string()),
        materials: v.array(MATERIAL),
        unasked: v.number(),
      }),
    ),
  }),
  v.metadata({ ref: 'Verification' }),
)

/** https, or http on this machine; no name, password or fragment of its own. */
function isReturnAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, hash } = new URL(text)
  const isHere = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return (protocol === 'https:' || isHere) && username === '' && password === '' && hash === ''
}
