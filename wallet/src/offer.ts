/**
 * Reads a credential offer (OpenID4VCI 1.0 §4.1) from what a citizen scans, pastes or opens. Only
 * offers by value and with the pre-authorized code grant; an offer by reference would make the
 * wallet fetch an address a stranger chose.
 */
import { fault, isObject, type JsonObject, type JsonValue, parseJson } from '@onetrip/codec'
import { parseSecureAddress } from './secure-address.ts'

/** Longest text taken for an offer, in UTF-16 units: twice what one QR code can carry. */
export const MAX_OFFER_CHARS = 8192

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const MAX_CONFIGURATIONS = 8
const MAX_CODE_CHARS = 1024
const MAX_DESCRIPTION_CHARS = 300
const MAX_TX_CODE_LENGTH = 32

/** The code a citizen got by another way (text message, on paper) and types in. */
export interface TransactionCode {
  readonly inputMode: 'numeric' | 'text'
  /** Number of characters, when the issuer says it. */
  readonly length?: number
  /** The issuer's own words; unsigned, so shown as a quotation only. */
  readonly description?: string
}

/** An offer whose form is right; who offers is checked by {@link assertKnownIssuer}. */
export interface CredentialOffer {
  readonly credentialIssuer: string
  readonly configurationIds: readonly string[]
  readonly preAuthorizedCode: string
  readonly txCode?: TransactionCode
}

/**
 * Reads an offer from a link to this wallet (`#credential_offer=`) or from an
 * `openid-credential-offer://?credential_offer=` address. Throws `offer/not-an-offer` (another
 * address or any other text), `offer/by-reference`, `offer/format`, `offer/grant`.
 */
export function parseOffer(text: string, walletOrigin: string): CredentialOffer {
  return parseOfferJson(offerParameter(text.trim(), walletOrigin))
}

/**
 * Refuses an issuer that is neither this wallet's API origin nor an agency of the trust list, by
 * plain string comparison: `offer/issuer-not-allowed`.
 */
export function assertKnownIssuer(
  offer: CredentialOffer,
  known: { readonly apiOrigin: string; readonly issuerUrls: readonly string[] },
): void {
  parseSecureAddress(offer.credentialIssuer)
  const issuer = offer.credentialIssuer
  if (issuer !== known.apiOrigin && !known.issuerUrls.includes(issuer)) {
    throw fault('offer/issuer-not-allowed')
  }
}

/** Checks a typed transaction code before it is sent; `offer/code-format`. */
export function assertTxCode(expected: TransactionCode | undefined, typed: string): void {
  if (expected === undefined) {
    return
  }
  const lengthFits = expected.length === undefined || [...typed].length === expected.length
  const digitsFit = expected.inputMode === 'text' || /^[0-9]+$/.test(typed)
  if (typed === '' || typed.length > MAX_TX_CODE_LENGTH || !lengthFits || !digitsFit) {
    throw fault('offer/code-format')
  }
}

function offerParameter(text: string, walletOrigin: string): string {
  if (text.length > MAX_OFFER_CHARS) {
    throw fault('offer/format')
  }
  if (!URL.canParse(text)) {
    throw fault('offer/not-an-offer')
  }
  const url = new URL(text)
  if (url.protocol === 'openid-credential-offer:') {
    return onlyParameter(url.search.slice(1))
  }
  // Compared as text: `http://localhost:8788.example.org` or user names never become our origin.
  if (url.origin !== walletOrigin || !text.startsWith(`${walletOrigin}/`)) {
    throw fault('offer/not-an-offer')
  }
  if (url.hash === '') {
    throw fault('offer/not-an-offer')
  }
  return onlyParameter(url.hash.slice(1))
}

function onlyParameter(query: string): string {
  const pairs = query.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return at < 0
      ? { name: pair, value: '' }
      : { name: pair.slice(0, at), value: pair.slice(at + 1) }
  })
  if (pairs.some((pair) => pair.name === 'credential_offer_uri')) {
    throw fault('offer/by-reference')
  }
  const offers = pairs.filter((pair) => pair.name === 'credential_offer')
  const [first] = offers
  if (first === undefined) {
    throw fault('offer/not-an-offer')
  }
  if (pairs.length !== 1) {
    throw fault('offer/format')
  }
  return decodeFormValue(first.value)
}

/** Unlike URLSearchParams, refuses broken escapes and broken UTF-8 instead of replacing them. */
function decodeFormValue(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    throw fault('offer/format')
  }
}

function parseOfferJson(text: string): CredentialOffer {
  const offer = asObject(parseOfferText(text))
  const ids = offer['credential_configuration_ids']
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MAX_CONFIGURATIONS) {
    throw fault('offer/format')
  }
  const configurationIds = ids.map((id) => asText(id, 256))
  if (new Set(configurationIds).size !== configurationIds.length) {
    throw fault('offer/format')
  }
  const grant = preAuthorizedGrant(offer['grants'])
  const txCode = grant['tx_code'] === undefined ? undefined : parseTxCode(grant['tx_code'])
  return {
    credentialIssuer: asText(offer['credential_issuer'], 512),
    configurationIds,
    preAuthorizedCode: asText(grant['pre-authorized_code'], MAX_CODE_CHARS),
    ...(txCode === undefined ? {} : { txCode }),
  }
}

function parseOfferText(text: string): JsonValue {
  try {
    return parseJson(text, { maxBytes: 4 * MAX_OFFER_CHARS, maxDepth: 8, maxItems: 128 })
  } catch {
    throw fault('offer/format')
  }
}

function preAuthorizedGrant(grants: JsonValue | undefined): JsonObject {
  if (grants === undefined || !isObject(grants) || grants[PRE_AUTHORIZED] === undefined) {
    throw fault('offer/grant')
  }
  return asObject(grants[PRE_AUTHORIZED])
}

/** An empty object still means that a code is required (OpenID4VCI 1.0 §4.1.1). */
function parseTxCode(value: JsonValue): TransactionCode {
  const object = asObject(value)
  const inputMode = object['input_mode'] ?? 'numeric'
  if (inputMode !== 'numeric' && inputMode !== 'text') {
    throw fault('offer/format')
  }
  const length = object['length']
  const description = object['description']
  return {
    inputMode,
    ...(length === undefined ? {} : { length: asLength(length) }),
    ...(description === undefined
      ? {}
      : { description: asText(description, MAX_DESCRIPTION_CHARS) }),
  }
}

function asLength(value: JsonValue): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw fault('offer/format')
  }
  if (value < 1 || value > MAX_TX_CODE_LENGTH) {
    throw fault('offer/format')
  }
  return value
}

function asObject(value: JsonValue | undefined): JsonObject {
  if (value === undefined || !isObject(value)) {
    throw fault('offer/format')
  }
  return value
}

function asText(value: JsonValue | undefined, maxChars: number): string {
  if (typeof value !== 'string' || value === '' || value.length > maxChars) {
    throw fault('offer/format')
  }
  return value
}
