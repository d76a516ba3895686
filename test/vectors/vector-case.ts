/** One case of the verifier's vectors before it is a file, and the ways to show the sample licence. */
import { encodeQrText, type JsonObject, toHex } from '@onetrip/codec'
import { type BindingParts, type CborParts, forgeBinding, forgeCwt } from './forge-cbor.ts'
import { forgeKeyBinding, forgeSdJwt, type JsonBindingParts, type JsonParts } from './forge-json.ts'
import {
  EXPIRES_AT,
  FOOD_HIDDEN,
  FOOD_HIDDEN_JSON,
  FOOD_PLAIN,
  FOOD_PLAIN_JSON,
  FOOD_TYPE,
  FOOD_VCT,
  INDEX,
  ISSUED_AT,
  LIST,
  MARKET,
  MARKET_URL,
  NOW,
  OFFICE,
  signers,
  statusIn,
} from './vector-cast.ts'
import type { VectorInput } from './verifier-verdicts.ts'

/** A case: what goes in, and the outcome and code that its author expects. */
export interface VectorCase {
  /** File name without `.json`. */
  readonly name: string
  readonly clause: string
  readonly why: string
  /** Unix seconds; the cast's `NOW` unless given. */
  readonly now?: number
  readonly input: Omit<VectorInput, 'trust'> & Partial<Pick<VectorInput, 'trust'>>
  readonly outcome: 'valid' | 'caution' | 'invalid' | 'unverifiable'
  /** The verdict's reason; none when it is valid. */
  readonly code?: string
}

/** The nonce of the counter's request, 16 bytes. */
export const NONCE: Uint8Array = Uint8Array.from({ length: 16 }, (_, i) => i + 1)
/** The request that `requested` answers. */
export const REQUEST: { readonly audience: string; readonly nonce: string } = {
  audience: OFFICE,
  nonce: toHex(NONCE),
}
/** Last second of a copy made for 30 days. */
export const COPY_ENDS_AT: number = NOW + 30 * 86_400

/** The sample credential, with changes. */
export function foodCredential(changes: Partial<CborParts> = {}): Promise<Uint8Array> {
  return forgeCwt({
    signer: signers.market,
    iss: MARKET,
    typeCode: FOOD_TYPE,
    issuedAt: ISSUED_AT,
    expiresAt: EXPIRES_AT,
    status: statusIn(LIST.good, INDEX.valid),
    holderKey: signers.holder.publicKey,
    licence: FOOD_PLAIN,
    redacted: FOOD_HIDDEN,
    disclose: [10, 12],
    ...changes,
  })
}

/** The QR text of a live code, with changes to credential and key binding. */
export async function liveCode(
  credential: Partial<CborParts> = {},
  binding: Partial<BindingParts> = {},
): Promise<string> {
  return encodeQrText(await liveBytes(credential, binding))
}

/** The bytes inside a live code. */
export async function liveBytes(
  credential: Partial<CborParts> = {},
  binding: Partial<BindingParts> = {},
): Promise<Uint8Array> {
  return forgeBinding(await foodCredential(credential), {
    signer: signers.holder,
    issuedAt: NOW - 5,
    mode: 2,
    ...binding,
  })
}

/** The QR text of a copy, made out to the office that verifies. */
export function copyCode(
  binding: Partial<BindingParts> = {},
  credential: Partial<CborParts> = {},
): Promise<string> {
  return liveCode(credential, {
    audience: OFFICE,
    issuedAt: NOW - 3600,
    expiresAt: COPY_ENDS_AT,
    mode: 3,
    purpose: '开餐馆一件事',
    ...binding,
  })
}

/** The QR text of an answer to the counter's request. */
export function requestedCode(binding: Partial<BindingParts> = {}): Promise<string> {
  return liveCode({}, { audience: OFFICE, nonce: NONCE, mode: 1, ...binding })
}

/** The QR text of a paper code. */
export async function paperCode(changes: Partial<CborParts> = {}): Promise<string> {
  return encodeQrText(
    await foodCredential({
      typ: 65001,
      holderKey: undefined,
      licence: [...FOOD_PLAIN, [10, '虚构市云栖区样例路18号'], [11, '2']],
      redacted: [],
      disclose: [],
      ...changes,
    }),
  )
}

/** The sample SD-JWT VC, with changes, without key binding. */
export function foodSdJwt(changes: Partial<JsonParts> = {}): Promise<string> {
  return forgeSdJwt({
    signer: signers.marketJws,
    iss: MARKET_URL,
    vct: FOOD_VCT,
    issuedAt: ISSUED_AT,
    expiresAt: EXPIRES_AT,
    status: { status_list: { idx: INDEX.valid, uri: LIST.good } },
    holderKey: signers.holderJws.publicKey,
    licence: FOOD_PLAIN_JSON,
    redacted: withoutAbsent(FOOD_HIDDEN_JSON),
    disclose: ['premises', 'items'],
    ...changes,
  })
}

/** The sample SD-JWT VC with a live key binding. */
export async function liveSdJwt(
  credential: Partial<JsonParts> = {},
  binding: Partial<JsonBindingParts> = {},
): Promise<string> {
  const { claims, ...rest } = binding
  return forgeKeyBinding(await foodSdJwt(credential), {
    signer: signers.holderJws,
    claims: {
      iat: NOW - 5,
      aud: 'onetrip:live',
      nonce: 'AQIDBAUGBwgJCgsMDQ4PEA',
      onetrip_mode: 'live',
      ...claims,
    },
    ...rest,
  })
}

function withoutAbsent(object: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, String(value)]))
}
