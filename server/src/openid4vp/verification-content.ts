/** What a verification's request is made of, and what was shown: sealed at rest, forgotten ten minutes after the end. */
import {
  encodeJson,
  fromBase64url,
  type JsonObject,
  parseJson,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import {
  CLIENT_PREFIXES,
  QUERY_FORMATS,
  type QueryFormat,
  RESPONSE_MODES,
  SD_JWT_FORMAT,
  type Want,
} from '@onetrip/credential'
import * as v from 'valibot'
import { openRecord, sealRecord } from '../keys/sealed-box.ts'
import type { Services } from '../services.ts'

/** How long what was shown is kept after it was, and a request after its end. */
export const KEEP_RESULT_SECONDS = 600

const WANTS = v.array(
  v.object({
    material: v.string(),
    required: v.boolean(),
    options: v.array(v.object({ type: v.string(), claims: v.array(v.string()) })),
  }),
)
const QUERY = v.custom<JsonObject>((value) => typeof value === 'object' && value !== null)
const CONTENT = v.object({
  purpose: v.string(),
  // A row of before this nonce can still be read; nobody answers it any more.
  salt: v.optional(v.string(), ''),
  query: v.optional(QUERY, {}),
  wants: WANTS,
  format: v.optional(v.picklist(QUERY_FORMATS), SD_JWT_FORMAT),
  keyId: v.string(),
  certificate: v.string(),
  clientPrefix: v.picklist(CLIENT_PREFIXES),
  clientId: v.string(),
  responseMode: v.picklist(RESPONSE_MODES),
  issuedAt: v.number(),
  transactionData: v.array(v.string()),
  encryptionJwk: v.object({
    kty: v.string(),
    crv: v.string(),
    x: v.string(),
    y: v.string(),
    d: v.string(),
  }),
  redirectUri: v.optional(v.string()),
  forCounter: v.optional(v.boolean()),
})

/** What a request is made of; wants as the office asked. */
export interface VerificationContent {
  readonly purpose: string
  /** Base64url; of it and of all that is shown the nonce is made. */
  readonly salt: string
  /** `dcql_query`, as it is signed. */
  readonly query: JsonObject
  readonly wants: readonly Want[]
  /** In which form licences are shown. */
  readonly format: QueryFormat
  /** Name of the key that signs the request. */
  readonly keyId: string
  /** DER, base64url. */
  readonly certificate: string
  readonly clientPrefix: (typeof CLIENT_PREFIXES)[number]
  readonly clientId: string
  readonly responseMode: (typeof RESPONSE_MODES)[number]
  /** Unix seconds. */
  readonly issuedAt: number
  /** Texts of transaction data. */
  readonly transactionData: readonly string[]
  /** Private key to which this one answer is encrypted. */
  readonly encryptionJwk: {
    readonly kty: string
    readonly crv: string
    readonly x: string
    readonly y: string
    readonly d: string
  }
  /** Where the person's own browser goes back to; left out, the answer comes from another device. */
  readonly redirectUri?: string | undefined
  /** A counter opened it and judges the presentations itself: they are kept in place of a verdict. */
  readonly forCounter?: boolean | undefined
}

/** Seals a content for its row. */
export function sealContent(services: Services, id: string, content: VerificationContent): string {
  return sealText(services, `verification/${id}`, JSON.stringify(content))
}

/** Opens the content of a row. */
export function openContent(
  services: Services,
  { id, content }: { readonly id: string; readonly content: string },
): VerificationContent {
  return v.parse(CONTENT, JSON.parse(openText(services, `verification/${id}`, content)))
}

/** Seals what was shown. */
export function sealResult(services: Services, id: string, result: JsonObject): string {
  return sealText(services, `result/${id}`, encodeJson(result))
}

/** Opens what was shown. */
export function openResult(
  services: Services,
  { id, result }: { readonly id: string; readonly result: string },
): JsonObject {
  const opened = parseJson(openText(services, `result/${id}`, result), {
    maxBytes: 1_048_576,
    maxItems: 65_536,
  })
  return v.parse(
    v.custom<JsonObject>((value) => typeof value === 'object'),
    opened,
  )
}

function sealText({ keys }: Services, context: string, text: string): string {
  return toBase64url(sealRecord(keys.secret('verification'), context, utf8Encode(text)))
}

function openText({ keys }: Services, context: string, sealed: string): string {
  return Buffer.from(
    openRecord(keys.secret('verification'), context, fromBase64url(sealed)),
  ).toString('utf8')
}
