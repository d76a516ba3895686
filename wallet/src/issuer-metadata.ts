/**
 * Where a credential issuer takes requests: its metadata (OpenID4VCI 1.0 §12.2) and that of its
 * authorization server (RFC 8414). Every endpoint must stand on the issuer's own origin, so that
 * a code or an access token never leaves it.
 */
import { type Fault, fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import { fetchJson, type Http } from '@onetrip/ui'
import { encryptionIn, type RequestEncryption } from './request-encryption.ts'
import { parseSecureAddress } from './secure-address.ts'

const MAX_METADATA_BYTES = 262_144
const TIMEOUT_MS = 15_000

/** The two securings a wallet holds of each licence (ARCHITECTURE §2). */
export type CredentialFormat = 'dc+sd-cwt' | 'dc+sd-jwt'

/** What the wallet uses of an issuer's metadata. */
export interface IssuerEndpoints {
  readonly credentialIssuer: string
  readonly tokenEndpoint: string
  readonly nonceEndpoint: string
  readonly credentialEndpoint: string
  /** Where the issuer hears what became of its credentials; absent where it does not ask. */
  readonly notificationEndpoint?: string
  /** Absent where nothing can be encrypted. */
  readonly encryption?: RequestEncryption
  /** How many copies of a credential one request may ask for; 1 where the issuer names none. */
  readonly batchSize: number
  /** By configuration id; configurations of other formats are left out. */
  readonly configurations: ReadonlyMap<string, CredentialConfiguration>
}

/** One form in which the issuer gives one licence type. */
export interface CredentialConfiguration {
  readonly format: CredentialFormat
  /** `vct` as the issuer says it: a URI, or the 21-character type code. */
  readonly vct?: string
}

/**
 * Fetches and checks an issuer's metadata. Throws `issuer/metadata` when a member is missing,
 * names another issuer or leads to another origin, and the codes of {@link fetchJson}.
 */
export async function fetchIssuerEndpoints(
  credentialIssuer: string,
  http: Http,
): Promise<IssuerEndpoints> {
  const issuer = await fetchMetadata(wellKnown(credentialIssuer, 'openid-credential-issuer'), http)
  if (issuer['credential_issuer'] !== credentialIssuer) {
    throw fault('issuer/metadata')
  }
  const server = authorizationServer(issuer, credentialIssuer)
  const authorization = await fetchMetadata(wellKnown(server, 'oauth-authorization-server'), http)
  if (authorization['issuer'] !== server) {
    throw fault('issuer/metadata')
  }
  const endpoint = (value: JsonValue | undefined): string => sameOrigin(value, credentialIssuer)
  const encryption = encryptionIn(issuer)
  const notification = issuer['notification_endpoint']
  return {
    credentialIssuer,
    tokenEndpoint: endpoint(authorization['token_endpoint']),
    nonceEndpoint: endpoint(issuer['nonce_endpoint']),
    credentialEndpoint: endpoint(issuer['credential_endpoint']),
    ...(notification === undefined ? {} : { notificationEndpoint: endpoint(notification) }),
    ...(encryption === undefined ? {} : { encryption }),
    batchSize: readBatchSize(issuer['batch_credential_issuance']),
    configurations: readConfigurations(issuer['credential_configurations_supported']),
  }
}

/** The well-known address of an issuer, its path kept after the name (RFC 8414 §3.1). */
export function wellKnown(issuer: string, name: string): string {
  const url = parseSecureAddress(issuer)
  const path = url.pathname === '/' ? '' : url.pathname
  return `${url.origin}/.well-known/${name}${path}`
}

async function fetchMetadata(url: string, http: Http): Promise<JsonObject> {
  const { status, body } = await fetchJson(http, {
    url,
    method: 'GET',
    headers: { accept: 'application/json' },
    maxBytes: MAX_METADATA_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (status !== 200) {
    throw metadataFault()
  }
  return body
}

function authorizationServer(issuer: JsonObject, credentialIssuer: string): string {
  const servers = issuer['authorization_servers']
  if (servers === undefined) {
    return credentialIssuer
  }
  const first = Array.isArray(servers) ? servers[0] : undefined
  return sameOrigin(first, credentialIssuer)
}

function sameOrigin(value: JsonValue | undefined, credentialIssuer: string): string {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    throw metadataFault()
  }
  if (parseSecureAddress(value).origin !== new URL(credentialIssuer).origin) {
    throw metadataFault()
  }
  return value
}

function readConfigurations(
  value: JsonValue | undefined,
): ReadonlyMap<string, CredentialConfiguration> {
  if (value === undefined || !isObject(value)) {
    throw metadataFault()
  }
  const configurations = new Map<string, CredentialConfiguration>()
  for (const [id, member] of Object.entries(value)) {
    const configuration = isObject(member) ? member : {}
    const format = configuration['format']
    const vct = configuration['vct']
    if (format === 'dc+sd-cwt' || format === 'dc+sd-jwt') {
      configurations.set(id, { format, ...(typeof vct === 'string' ? { vct } : {}) })
    }
  }
  return configurations
}

/** OpenID4VCI 1.0 §12.2.4: two or more where it is there. */
function readBatchSize(value: JsonValue | undefined): number {
  if (value === undefined) {
    return 1
  }
  const size = isObject(value) ? value['batch_size'] : undefined
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 2) {
    throw metadataFault()
  }
  return size
}

function metadataFault(): Fault {
  return fault('issuer/metadata')
}
