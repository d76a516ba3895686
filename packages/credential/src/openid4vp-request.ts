/**
 * The signed authorization request of OpenID4VP 1.0 (§5; RFC 9101): `typ` oauth-authz-req+jwt, by a verifier whose X.509
 * certificate its client identifier names (§5.9.3, `x509_hash` and `x509_san_dns`). `onetrip_matter` and `onetrip_purpose` say
 * what it is for, and `onetrip_salt` makes the nonce a commitment to them (openid4vp-commitment.ts); other wallets ignore them.
 * Parsing verifies neither signature nor certificate.
 */
import {
  decodeJws,
  type EncryptionKey,
  encryptionKeyFromJwk,
  encryptionKeyToJwk,
  fault,
  fromBase64url,
  isObject,
  type JsonObject,
  type JsonValue,
  JWE_ENCRYPTIONS,
  type JweEncryption,
  type Jws,
  parseJson,
  parseNumericDate,
  type Signer,
  sha256,
  signJws,
  toBase64url,
} from '@onetrip/codec'
import { JOSE_TYP } from './labels.ts'
import { isPlainLine } from './licence-claims.ts'
import { committedNonce, SALT_MEMBER, saltIn } from './openid4vp-commitment.ts'
import {
  type DcqlQuery,
  MDOC_FORMAT,
  parseDcqlQuery,
  type QueryFormat,
  SD_JWT_FORMAT,
} from './openid4vp-query.ts'
import { parseTransactions, type ReceivedTransaction } from './openid4vp-transaction.ts'

/** `aud` of a request to wallets that were not asked who they are (§5.8). */
export const WALLET_AUDIENCE = 'https://self-issued.me/v2'

/** How answers reach the verifier (§8.2, §8.3.1). */
export const RESPONSE_MODES = ['direct_post', 'direct_post.jwt'] as const

/** One of {@link RESPONSE_MODES}. */
export type ResponseMode = (typeof RESPONSE_MODES)[number]

/** Prefixes of client identifiers that we know (§5.9.3). */
export const CLIENT_PREFIXES = ['x509_hash', 'x509_san_dns'] as const

/** A client identifier taken apart; `aud` of an answer is always the whole. */
export interface ClientId {
  readonly prefix: (typeof CLIENT_PREFIXES)[number]
  /** SHA-256 of the certificate as base64url, or a name of the DNS. */
  readonly value: string
}

/** Keys for an encrypted answer, and the content encryptions that the verifier takes, the dearest first. */
export interface ResponseEncryption {
  readonly keys: readonly EncryptionKey[]
  readonly encryptions: readonly JweEncryption[]
}

/** What requests state, whoever made them. */
export interface VpRequestFacts {
  /** With its prefix. */
  readonly clientId: string
  /** Where the answer goes. */
  readonly responseUri: string
  readonly responseMode: ResponseMode
  readonly nonce: string
  /** Goes back with the answer. */
  readonly state?: string
  /** The wallet's own, from a request that was fetched by POST. */
  readonly walletNonce?: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, exclusive. */
  readonly expiresAt: number
  /** Code of the matter in the catalogue; empty where a verifier names none. */
  readonly matter: string
  /** In the office's words; empty where a verifier gives none. */
  readonly purpose: string
  /** There exactly in mode `direct_post.jwt`. */
  readonly encryption?: ResponseEncryption
}

/** A parsed request. */
export interface VpRequest extends VpRequestFacts {
  readonly client: ClientId
  /** The nonce commits to all that the holder is shown; else their key would sign a number that says nothing. */
  readonly isCommitted: boolean
  readonly query: DcqlQuery
  readonly transactions: readonly ReceivedTransaction[]
  readonly jws: Jws
  /** DER of the signer's certificate, then of those above it. */
  readonly certificates: readonly Uint8Array[]
}

/** What a request is made from. */
export interface VpRequestInput extends Omit<VpRequestFacts, 'nonce'> {
  /** 16 random bytes, of which and of all that is shown the nonce is made. */
  readonly salt: Uint8Array
  readonly query: JsonObject
  /** Texts of `matterTransaction`. */
  readonly transactionData?: readonly string[]
  /** In which the query asks; left out, SD-JWT VC. */
  readonly format?: QueryFormat
  /** DER of the signer's certificate; the one above it is the wallet's own knowledge. */
  readonly certificate: Uint8Array
  readonly signer: Signer
}

const MAX_CHARACTERS = 65_536
const MAX_CERTIFICATES = 4
const MAX_CERTIFICATE_CHARACTERS = 8192
const MAX_KEYS = 8
const MAX_PURPOSE_CHARACTERS = 100
/** §5.2: ASCII URL safe characters. */
const NONCE = /^[A-Za-z0-9_.~-]{1,512}$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const MAX_TEXT = 2048
/** What would have a wallet fetch more, answer elsewhere, or read another request than the one that was signed. */
const REFUSED = ['request', 'request_uri', 'redirect_uri', 'scope', 'client_id_scheme'] as const

/** Algorithms of what may be shown, in the terms of each format (§B.2.2, §B.3.4). */
const FORMATS: Readonly<Record<QueryFormat, JsonObject>> = {
  [SD_JWT_FORMAT]: {
    'sd-jwt_alg_values': ['ES256', 'Ed25519', 'EdDSA'],
    'kb-jwt_alg_values': ['ES256', 'Ed25519', 'EdDSA'],
  },
  [MDOC_FORMAT]: {
    issuerauth_alg_values: [-7, -9],
    deviceauth_alg_values: [-7, -9, -8, -19],
  },
}

/** Signs a request; its nonce is `committedNonce`. */
export function signVpRequest(input: VpRequestInput): Promise<string> {
  const { certificate, signer, encryption, transactionData = [] } = input
  const { state, walletNonce, format = SD_JWT_FORMAT } = input
  const header = { typ: JOSE_TYP.vpRequest, x5c: [base64Of(certificate)] }
  const payload = {
    response_type: 'vp_token',
    response_mode: input.responseMode,
    client_id: input.clientId,
    aud: WALLET_AUDIENCE,
    response_uri: input.responseUri,
    nonce: committedNonce(input),
    ...(state === undefined ? {} : { state }),
    ...(walletNonce === undefined ? {} : { wallet_nonce: walletNonce }),
    iat: input.issuedAt,
    exp: input.expiresAt,
    dcql_query: input.query,
    ...(transactionData.length === 0 ? {} : { transaction_data: transactionData }),
    client_metadata: {
      vp_formats_supported: { [format]: FORMATS[format] },
      ...(encryption === undefined
        ? {}
        : {
            jwks: { keys: encryption.keys.map(encryptionKeyToJwk) },
            encrypted_response_enc_values_supported: encryption.encryptions,
          }),
    },
    onetrip_matter: input.matter,
    onetrip_purpose: input.purpose,
    [SALT_MEMBER]: toBase64url(input.salt),
  }
  return signJws({ header, payload, signer })
}

/**
 * Parses a request. Throws `request/wrong-type` (another `typ`), `request/client` (a client identifier of another kind),
 * `request/transaction-data`, `request/format` (no certificate, a member that is missing, refused, or of a wrong form),
 * `key/*` (a key for the answer), `time/format`, `jws/*`, `json/*`.
 */
export function parseVpRequest(compact: string): VpRequest {
  const jws = decodeJws(compact, { maxCharacters: MAX_CHARACTERS })
  if (jws.header['typ'] !== JOSE_TYP.vpRequest) throw fault('request/wrong-type')
  const stated = parseJson(jws.payload)
  if (!isObject(stated)) throw fault('request/format')
  const isRefused = REFUSED.some((name) => stated[name] !== undefined)
  // Verifiers name the wallet, or where the request is fetched: what binds it to this wallet is `wallet_nonce`.
  const isAddressed = typeof stated['aud'] === 'string' && stated['response_type'] === 'vp_token'
  if (isRefused || !isAddressed) throw fault('request/format')
  const clientId = textOf(stated['client_id'])
  const responseMode = RESPONSE_MODES.find((mode) => mode === stated['response_mode'])
  const nonce = textOf(stated['nonce'])
  if (responseMode === undefined || !NONCE.test(nonce)) throw fault('request/format')
  const { state, wallet_nonce: walletNonce } = stated
  const query = parseDcqlQuery(stated['dcql_query'])
  const ids = query.credentials.map(({ id }) => id)
  const certificates = certificatesIn(jws.header['x5c'])
  const client = parseClientId(clientId)
  const shown = {
    clientId,
    responseUri: addressOf(stated['response_uri']),
    issuedAt: parseNumericDate(stated['iat']),
    expiresAt: parseNumericDate(stated['exp']),
    matter: plainLineOf(stated['onetrip_matter']),
    purpose: plainLineOf(stated['onetrip_purpose']),
  }
  return {
    ...shown,
    jws,
    certificates,
    client,
    responseMode,
    nonce,
    isCommitted: isCommitted(stated, { ...shown, nonce, certificates }),
    ...(state === undefined ? {} : { state: textOf(state) }),
    ...(walletNonce === undefined ? {} : { walletNonce: textOf(walletNonce) }),
    query,
    transactions: parseTransactions(stated['transaction_data'], ids),
    ...(responseMode === 'direct_post' ? {} : { encryption: encryptionIn(stated) }),
  }
}

/** Takes a client identifier apart. Throws `request/client` for a prefix that is not known, `origin:` among them. */
export function parseClientId(clientId: string): ClientId {
  const prefix = CLIENT_PREFIXES.find((known) => clientId.startsWith(`${known}:`))
  const value = prefix === undefined ? '' : clientId.slice(prefix.length + 1)
  if (prefix === undefined || value === '') throw fault('request/client')
  return { prefix, value }
}

/** The client identifier of a certificate by its hash (§5.9.3). */
export function x509HashClientId(certificate: Uint8Array): string {
  return `x509_hash:${toBase64url(sha256(certificate))}`
}

function isCommitted(
  stated: JsonObject,
  of: Pick<
    VpRequest,
    | 'clientId'
    | 'responseUri'
    | 'issuedAt'
    | 'expiresAt'
    | 'matter'
    | 'purpose'
    | 'nonce'
    | 'certificates'
  >,
): boolean {
  const salt = saltIn(stated)
  const query = stated['dcql_query']
  const [certificate] = of.certificates
  if (salt === undefined || !isObject(query) || certificate === undefined) return false
  return of.nonce === committedNonce({ ...of, salt, certificate, query })
}

function encryptionIn({ client_metadata: metadata }: JsonObject): ResponseEncryption {
  const jwks = isObject(metadata) ? metadata['jwks'] : undefined
  const keys = isObject(jwks) ? jwks['keys'] : undefined
  if (!isObject(metadata) || !Array.isArray(keys) || keys.length > MAX_KEYS) {
    throw fault('request/format')
  }
  // A set may hold keys of other algorithms, for other wallets.
  const known = keys.filter(
    (jwk: JsonValue): jwk is JsonObject => isObject(jwk) && jwk['alg'] === 'ECDH-ES',
  )
  const named = metadata['encrypted_response_enc_values_supported'] ?? ['A128GCM']
  if (known.length === 0 || !Array.isArray(named)) throw fault('request/format')
  const encryptions = JWE_ENCRYPTIONS.filter((name) => named.includes(name))
  if (encryptions.length === 0) throw fault('request/format')
  return { keys: known.map(encryptionKeyFromJwk), encryptions }
}

function certificatesIn(x5c: JsonValue | undefined): readonly Uint8Array[] {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > MAX_CERTIFICATES) {
    throw fault('request/format')
  }
  return x5c.map(certificateOf)
}

/** Base64, not base64url (RFC 7515 §4.1.6). */
function certificateOf(text: JsonValue): Uint8Array {
  const isBase64 = typeof text === 'string' && text.length <= MAX_CERTIFICATE_CHARACTERS
  if (!isBase64 || !BASE64.test(text)) throw fault('request/format')
  return fromBase64url(text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))
}

function base64Of(bytes: Uint8Array): string {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

function addressOf(value: JsonValue | undefined): string {
  const text = textOf(value)
  if (!URL.canParse(text) || new URL(text).hash !== '') throw fault('request/format')
  return text
}

function plainLineOf(value: JsonValue | undefined): string {
  if (value === undefined) return ''
  if (typeof value !== 'string' || !isPlainLine(value, MAX_PURPOSE_CHARACTERS)) {
    throw fault('request/format')
  }
  return value
}

function textOf(value: JsonValue | undefined): string {
  const isText = typeof value === 'string' && value !== '' && value.length <= MAX_TEXT
  if (!isText) throw fault('request/format')
  return value
}
