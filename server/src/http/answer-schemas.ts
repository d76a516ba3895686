/** Shapes of answers, for the OpenAPI document. */

import type { DescribeRouteOptions } from 'hono-openapi'
import { resolver } from 'hono-openapi'
import * as v from 'valibot'
import { REVOCATION_KINDS } from '../licences/revocation-kinds.ts'

const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))
const STATUS = v.picklist(['valid', 'suspended', 'revoked'])

/** A problem document (RFC 9457) with our stable `code`. */
export const PROBLEM: v.GenericSchema = v.pipe(
  v.object({
    type: v.string(),
    title: v.string(),
    status: v.number(),
    code: v.pipe(v.string(), v.description('Stable code of the form area/what-is-wrong')),
    detail: v.optional(v.string()),
    requestId: v.optional(v.string()),
  }),
  v.metadata({ ref: 'Problem' }),
)

const OFFER = v.object({
  id: v.string(),
  uri: v.pipe(v.string(), v.description('Link into the wallet; the offer stands in the fragment')),
  expiresAt: UNIX_SECONDS,
})

/** Answer to an issue. */
export const ISSUED_LICENCE: v.GenericSchema = v.pipe(
  v.object({
    id: v.string(),
    identifier: v.pipe(v.string(), v.description('Licence identifier (证照标识), GB/T 36904')),
    offer: OFFER,
    txCode: v.pipe(
      v.string(),
      v.description('To be told to the holder by another way than the link'),
    ),
  }),
  v.metadata({ ref: 'IssuedLicence' }),
)

/** A further offer of a licence. */
export const FURTHER_OFFER: v.GenericSchema = v.pipe(
  v.object({ offer: OFFER, txCode: v.string() }),
  v.metadata({ ref: 'FurtherOffer' }),
)

/** A licence as its agency sees it. */
export const LICENCE: v.GenericSchema = v.pipe(
  v.object({
    id: v.string(),
    identifier: v.string(),
    type: v.string(),
    typeVersion: v.number(),
    serial: v.string(),
    version: v.number(),
    validFrom: v.string(),
    validTo: v.optional(v.string()),
    claims: v.record(v.string(), v.union([v.string(), v.number()])),
    holderReference: v.optional(v.string()),
    status: STATUS,
    createdAt: UNIX_SECONDS,
    replaces: v.optional(v.pipe(v.string(), v.description('Id of the version before it'))),
    replacedBy: v.optional(v.pipe(v.string(), v.description('Id of the version after it'))),
    history: v.array(
      v.object({
        from: STATUS,
        to: STATUS,
        reason: v.string(),
        kind: v.optional(v.picklist(REVOCATION_KINDS)),
        ground: v.optional(v.string()),
        at: UNIX_SECONDS,
        by: v.string(),
      }),
    ),
    credentials: v.array(
      v.object({ form: v.string(), state: v.string(), issuedAt: v.optional(UNIX_SECONDS) }),
    ),
    offers: v.array(
      v.object({
        id: v.string(),
        state: v.string(),
        expiresAt: UNIX_SECONDS,
        told: v.pipe(
          v.array(v.object({ form: v.string(), event: v.string(), at: UNIX_SECONDS })),
          v.description('What the wallet told of the credentials (OpenID4VCI 1.0 §11)'),
        ),
      }),
    ),
  }),
  v.metadata({ ref: 'Licence' }),
)

/** A licence's status after a change. */
export const STATUS_ANSWER: v.GenericSchema = v.pipe(
  v.object({ id: v.string(), status: STATUS }),
  v.metadata({ ref: 'LicenceStatus' }),
)

/** A wallet's session after a sign-in. */
export const WALLET_SESSION: v.GenericSchema = v.pipe(
  v.object({
    bearer: v.pipe(v.string(), v.description('For the Authorization header; told once')),
    endsAt: UNIX_SECONDS,
  }),
  v.metadata({ ref: 'WalletSession' }),
)

const DISPLAY_TEXT = v.object({ 'zh-CN': v.string(), en: v.string() })

/** The licences of a citizen, without their claims. */
export const MY_LICENCES: v.GenericSchema = v.pipe(
  v.object({
    licences: v.array(
      v.object({
        id: v.string(),
        identifier: v.string(),
        type: v.string(),
        typeName: DISPLAY_TEXT,
        agency: DISPLAY_TEXT,
        serial: v.string(),
        version: v.number(),
        validFrom: v.string(),
        validTo: v.optional(v.string()),
        status: STATUS,
        endedAs: v.optional(v.picklist(REVOCATION_KINDS)),
        copies: v.pipe(v.number(), v.description('Wallets that hold it, so far as is known')),
      }),
    ),
  }),
  v.metadata({ ref: 'MyLicences' }),
)

/** How many licences had copies that count for nothing from here on. */
export const WITHDRAWN: v.GenericSchema = v.pipe(
  v.object({ licences: v.number() }),
  v.metadata({ ref: 'WithdrawnCopies' }),
)

/** Which sessions were ended. */
export const SIGNED_OUT: v.GenericSchema = v.pipe(
  v.object({ everywhere: v.boolean() }),
  v.metadata({ ref: 'SignedOut' }),
)

/** A paper code. */
export const PAPER_ANSWER: v.GenericSchema = v.pipe(
  v.object({ text: v.pipe(v.string(), v.description('QR text, OT1:… of at most 600 characters')) }),
  v.metadata({ ref: 'PaperCode' }),
)

/** Entries of the record. */
export const LOG_ENTRIES: v.GenericSchema = v.pipe(
  v.object({
    size: v.pipe(v.number(), v.description('Entries that are under a checkpoint')),
    entries: v.array(
      v.object({
        index: v.number(),
        kind: v.picklist(['issuance', 'impression', 'act']),
        act: v.optional(v.pipe(v.string(), v.description('What was done, such as licence/status'))),
        at: UNIX_SECONDS,
        agency: v.optional(v.string()),
        facts: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
        entry: v.pipe(v.string(), v.description('base64url of CBOR: what stands in the log')),
        opening: v.optional(
          v.pipe(v.string(), v.description('base64url of CBOR: proves the facts by its SHA-256')),
        ),
        proof: v.pipe(v.string(), v.description('Path of its proof (C2SP tlog-proof)')),
      }),
    ),
    names: v.pipe(
      v.record(v.string(), v.object({ name: v.string(), kind: v.picklist(['person', 'system']) })),
      v.description('Who stands behind ids of facts, as far as the reader may know'),
    ),
    next: v.optional(v.pipe(v.number(), v.description('`before` of the next page'))),
  }),
  v.metadata({ ref: 'LogEntries' }),
)

type Responses = NonNullable<DescribeRouteOptions['responses']>

/** The responses of an API route that lays out a file. */
export function fileResponses(mediaType: string, description: string): Responses {
  const schema = { type: 'string', format: 'binary' } as const
  return {
    ...apiResponses(200, PROBLEM),
    200: { description, content: { [mediaType]: { schema } } },
    422: {
      description: 'What is recorded does not fit the format',
      content: { 'application/problem+json': { schema: resolver(PROBLEM) } },
    },
  }
}

/** The responses of an API route: its success and the problems every such route has. */
export function apiResponses(status: 200 | 201, schema: v.GenericSchema): Responses {
  const problem = { 'application/problem+json': { schema: resolver(PROBLEM) } }
  return {
    [status]: {
      description: 'Done',
      content: { 'application/json': { schema: resolver(schema) } },
    },
    400: { description: 'The request is at fault; `code` says how', content: problem },
    401: { description: 'No valid API key', content: problem },
    403: { description: 'The key does not allow this', content: problem },
    404: { description: 'No such record of this organisation', content: problem },
    409: { description: 'Conflicts with what is recorded', content: problem },
    413: { description: 'The body is too large', content: problem },
    415: { description: 'The body is not application/json', content: problem },
    429: {
      description: 'Too many requests of this key, or wrong keys of this address',
      content: problem,
    },
    503: { description: 'Storage is not available; try again later', content: problem },
  }
}
