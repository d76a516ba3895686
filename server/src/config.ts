/** Configuration by `ONETRIP_*` variables, validated once at start; faults name the variable, never its value. */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import type { PublicKey } from '@onetrip/codec'
import type { WitnessService } from '@onetrip/log'
import * as v from 'valibot'
import { HSM_VARIABLES, type HsmConfig, hsmFaults, hsmOf } from './config-hsm.ts'
import {
  STAFF_SECRETS,
  STAFF_VARIABLES,
  type StaffProviderConfig,
  staffFaults,
  staffProviderOf,
} from './config-staff.ts'
import {
  DAY,
  HTTP_ADDRESS,
  ISSUER,
  isConfidential,
  KEY_SET,
  LEVELS,
  ORIGIN,
  PORT,
  QUORUM,
  SCOPE,
  TEXT,
  TSA_MILLISECONDS,
  WALLETS,
  WITNESSES,
} from './config-values.ts'
import { DATABASE_ADDRESS, databaseFaults, databaseOf } from './database-config.ts'
import type { ProviderConfig } from './openid-connect/provider-client.ts'
import { ORIGIN_LIST } from './origin-list.ts'
import type { PostgresPlace } from './storage/postgres-place.ts'

/** Longest status list URI in characters: it is part of every code that is scanned. */
export const MAX_STATUS_URI_CHARS = 32

/** Who is asked for time-stamps over impressions (RFC 3161 §3.4). */
export interface TimeStampService {
  /** Its http or https address. */
  readonly url: string
  readonly timeoutMilliseconds: number
}

/** The identity provider with which citizens sign in (OpenID Connect Core 1.0), and what its ID tokens mean here. */
export interface IdentityProviderConfig extends ProviderConfig {
  /** The claim that says what stands as `holderReference` in the licences that are somebody's. */
  readonly holderClaim: string
  /** The claim that says how well the provider knows somebody's real name. */
  readonly levelClaim: string
  /** Values of that claim that are enough. */
  readonly levels: readonly string[]
  /** Those of them that are enough to apply for something from home. */
  readonly applyLevels: readonly string[]
}

/** A wallet of another maker that may send people to the authorization endpoint. */
export interface WalletClient {
  readonly clientId: string
  /** Where its answers go; compared as text. */
  readonly redirectUri: string
}

/** What the server runs with; times of day, keys and data are not part of it. */
export interface Config {
  readonly mode: 'demo' | 'production'
  /** Address the three ports listen on. */
  readonly host: string
  /** Addresses of reverse proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly port: number
  readonly walletPort: number
  readonly counterPort: number
  /** Where metrics are served; absent where they are not. */
  readonly metrics?: { readonly host: string; readonly port: number }
  /** Absolute path; holds the encrypted keys, and the database where that is SQLite. */
  readonly dataDir: string
  /** Where PostgreSQL is; absent for SQLite. */
  readonly database?: PostgresPlace
  /** Origin of the API: also the credential issuer of OpenID4VCI. */
  readonly apiOrigin: string
  readonly walletOrigin: string
  readonly counterOrigin: string
  /** Origins, beside the API's, where the wallet fetches requests (OpenID4VP) and sends answers. */
  readonly walletReaches: readonly string[]
  readonly wallets: readonly WalletClient[]
  /** Whose attestations of wallets' keys count (OpenID4VCI 1.0, appendix D). */
  readonly keyAttesters: readonly PublicKey[]
  /** Who is asked to cosign the record's checkpoints (C2SP tlog-witness). */
  readonly witnesses: readonly WitnessService[]
  /** How many of them have to. */
  readonly witnessQuorum: number
  /** Bound into the trust list, so that test keys never count elsewhere. */
  readonly environment: string
  /** Path of the font collection in which seals are drawn. */
  readonly sealFont: string
  /** Path of the font collection in which licences are printed. */
  readonly textFont: string
  /** Absent where nobody is asked. */
  readonly timeStampService?: TimeStampService
  /** Absent where citizens do not sign in; the demo has its own provider then. */
  readonly identityProvider?: IdentityProviderConfig
  /** Absent where staff do not sign in; the demo has its own provider then. */
  readonly staffProvider?: StaffProviderConfig
  /** Where an HSM is; absent where all keys are files. */
  readonly hsm?: HsmConfig
  /** Opens the key files; absent only in the demo, which makes one. */
  readonly keyPassphrase?: string
  /** The day that somebody says it is, in Unix seconds from its beginning in UTC; absent where nobody was asked. */
  readonly clockConfirmedDay?: number
  /** Named place where the process kills itself; tests of crashes only, ignored in production. */
  readonly failpoint?: string
}

/** Configuration at fault: `faults` has one line per variable. */
export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`configuration: ${faults.join('; ')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Variables that are secrets: each may stand in a file that `<NAME>_FILE` names, and none is ever shown. */
export const SECRET_NAMES: readonly string[] = [
  'ONETRIP_KEY_PASSPHRASE',
  'ONETRIP_OIDC_CLIENT_SECRET',
  'ONETRIP_DATABASE_URL',
  'ONETRIP_DATABASE_OWNER_URL',
  ...STAFF_SECRETS,
  'ONETRIP_PKCS11_PIN',
]

const VARIABLES = v.object({
  ONETRIP_MODE: v.optional(
    v.picklist(['demo', 'production'], 'must be demo or production'),
    'demo',
  ),
  ONETRIP_HOST: v.optional(TEXT),
  ONETRIP_TRUSTED_PROXIES: v.optional(
    v.pipe(
      v.string(),
      v.transform((list) => list.split(',').map((address) => address.trim())),
      v.check((list) => list.every((address) => isIP(address) !== 0), 'must be IP addresses'),
    ),
  ),
  ONETRIP_PORT: v.optional(PORT, '8787'),
  ONETRIP_WALLET_PORT: v.optional(PORT),
  ONETRIP_COUNTER_PORT: v.optional(PORT),
  ONETRIP_METRICS_PORT: v.optional(PORT),
  ONETRIP_METRICS_HOST: v.optional(TEXT, '127.0.0.1'),
  ONETRIP_DATA_DIR: v.optional(TEXT, './.data'),
  ONETRIP_DATABASE_URL: v.optional(DATABASE_ADDRESS),
  ONETRIP_DATABASE_OWNER_URL: v.optional(DATABASE_ADDRESS),
  ONETRIP_API_ORIGIN: v.optional(ORIGIN),
  ONETRIP_WALLET_ORIGIN: v.optional(ORIGIN),
  ONETRIP_COUNTER_ORIGIN: v.optional(ORIGIN),
  ONETRIP_WALLET_REACHES: v.optional(ORIGIN_LIST),
  ONETRIP_WALLETS: v.optional(WALLETS),
  ONETRIP_KEY_ATTESTERS: v.optional(KEY_SET),
  ONETRIP_LOG_WITNESSES: v.optional(WITNESSES),
  ONETRIP_LOG_QUORUM: v.optional(QUORUM),
  ONETRIP_ENVIRONMENT: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and -')),
  ),
  ONETRIP_SEAL_FONT: v.optional(TEXT, '/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc'),
  ONETRIP_TEXT_FONT: v.optional(TEXT, '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc'),
  ONETRIP_TSA_URL: v.optional(HTTP_ADDRESS),
  ONETRIP_TSA_TIMEOUT_MS: v.optional(TSA_MILLISECONDS, '5000'),
  ONETRIP_OIDC_ISSUER: v.optional(ISSUER),
  ONETRIP_OIDC_CLIENT_ID: v.optional(TEXT),
  ONETRIP_OIDC_CLIENT_SECRET: v.optional(TEXT),
  ONETRIP_OIDC_SCOPE: v.optional(SCOPE, 'openid'),
  ONETRIP_OIDC_HOLDER_CLAIM: v.optional(TEXT, 'sub'),
  ONETRIP_OIDC_LEVEL_CLAIM: v.optional(TEXT, 'acr'),
  ONETRIP_OIDC_LEVELS: v.optional(LEVELS),
  ONETRIP_OIDC_APPLY_LEVELS: v.optional(LEVELS),
  ...STAFF_VARIABLES,
  ...HSM_VARIABLES,
  ONETRIP_KEY_PASSPHRASE: v.optional(v.pipe(v.string(), v.minLength(12, 'is too short'))),
  ONETRIP_CLOCK_CONFIRMED: v.optional(DAY),
  ONETRIP_FAILPOINT: v.optional(TEXT),
})

type Variables = v.InferOutput<typeof VARIABLES>

/** Every variable of the server. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(VARIABLES.entries)

/** Reads and checks the variables of `environment`; throws {@link ConfigError} naming all that are at fault. */
export function loadConfig(environment: Environment): Config {
  const parsed = v.safeParse(VARIABLES, withSecretFiles(environment))
  if (!parsed.success) {
    throw new ConfigError(
      parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'ONETRIP_*'} ${issue.message}`),
    )
  }
  const variables = parsed.output
  const faults = [
    ...missingInProduction(variables),
    ...providerFaults(variables),
    ...databaseFaults(variables),
    ...staffFaults(variables),
    ...hsmFaults(variables),
  ]
  const config = assemble(variables)
  faults.push(...originFaults(config))
  if (config.witnessQuorum > config.witnesses.length) {
    faults.push('ONETRIP_LOG_QUORUM is more than there are witnesses')
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

/** The URI of status list `number`, at most {@link MAX_STATUS_URI_CHARS} characters. */
export function statusListUri(config: Pick<Config, 'apiOrigin'>, number: number): string {
  return `${config.apiOrigin}/s/${number}`
}

/** The https issuer URL of an agency (its SD-JWT VC `iss`). */
export function agencyIssuerUrl(config: Pick<Config, 'apiOrigin'>, agencyId: string): string {
  return `${config.apiOrigin}/a/${agencyId}`
}

function assemble(variables: Variables): Config {
  const production = variables.ONETRIP_MODE === 'production'
  const port = variables.ONETRIP_PORT
  const walletPort = variables.ONETRIP_WALLET_PORT ?? (port === 0 ? 0 : port + 1)
  const counterPort = variables.ONETRIP_COUNTER_PORT ?? (port === 0 ? 0 : port + 2)
  const passphrase = variables.ONETRIP_KEY_PASSPHRASE
  const tsaUrl = variables.ONETRIP_TSA_URL
  const timeoutMilliseconds = variables.ONETRIP_TSA_TIMEOUT_MS
  const identityProvider = providerOf(variables)
  const database = databaseOf(variables)
  const staffProvider = staffProviderOf(variables)
  const hsm = hsmOf(variables)
  const witnesses = variables.ONETRIP_LOG_WITNESSES ?? []
  const metricsPort = variables.ONETRIP_METRICS_PORT
  const clockConfirmedDay = variables.ONETRIP_CLOCK_CONFIRMED
  const failpoint = production ? undefined : variables.ONETRIP_FAILPOINT
  return {
    mode: variables.ONETRIP_MODE,
    host: variables.ONETRIP_HOST ?? (production ? '::' : '127.0.0.1'),
    trustedProxies: variables.ONETRIP_TRUSTED_PROXIES ?? [],
    port,
    walletPort,
    counterPort,
    ...(metricsPort === undefined
      ? {}
      : { metrics: { host: variables.ONETRIP_METRICS_HOST, port: metricsPort } }),
    dataDir: resolve(variables.ONETRIP_DATA_DIR),
    ...(database === undefined ? {} : { database }),
    apiOrigin: variables.ONETRIP_API_ORIGIN ?? `http://localhost:${port}`,
    walletOrigin: variables.ONETRIP_WALLET_ORIGIN ?? `http://localhost:${walletPort}`,
    counterOrigin: variables.ONETRIP_COUNTER_ORIGIN ?? `http://localhost:${counterPort}`,
    walletReaches: variables.ONETRIP_WALLET_REACHES ?? [],
    wallets: (variables.ONETRIP_WALLETS ?? []).map(([clientId = '', redirectUri = '']) => ({
      clientId,
      redirectUri,
    })),
    keyAttesters: variables.ONETRIP_KEY_ATTESTERS ?? [],
    witnesses,
    witnessQuorum: variables.ONETRIP_LOG_QUORUM ?? majorityOf(witnesses.length),
    environment: variables.ONETRIP_ENVIRONMENT ?? 'demo',
    sealFont: variables.ONETRIP_SEAL_FONT,
    textFont: variables.ONETRIP_TEXT_FONT,
    ...(tsaUrl === undefined ? {} : { timeStampService: { url: tsaUrl, timeoutMilliseconds } }),
    ...(identityProvider === undefined ? {} : { identityProvider }),
    ...(staffProvider === undefined ? {} : { staffProvider }),
    ...(hsm === undefined ? {} : { hsm }),
    ...(passphrase === undefined ? {} : { keyPassphrase: passphrase }),
    ...(clockConfirmedDay === undefined ? {} : { clockConfirmedDay }),
    ...(failpoint === undefined ? {} : { failpoint }),
  }
}

/** Of a majority no two histories can have it; nobody has to where there is nobody. */
function majorityOf(witnesses: number): number {
  return witnesses === 0 ? 0 : Math.floor(witnesses / 2) + 1
}

function missingInProduction(variables: Variables): string[] {
  if (variables.ONETRIP_MODE !== 'production') return []
  const required = [
    'ONETRIP_API_ORIGIN',
    'ONETRIP_WALLET_ORIGIN',
    'ONETRIP_COUNTER_ORIGIN',
    'ONETRIP_ENVIRONMENT',
    'ONETRIP_KEY_PASSPHRASE',
  ] as const
  return required
    .filter((name) => variables[name] === undefined)
    .map((name) => `${name} is required in production`)
}

/** What a provider needs is all there or not at all; whom it does not name well enough nobody lets in by leaving a word out. */
function providerFaults(variables: Variables): string[] {
  const needed = ['ONETRIP_OIDC_ISSUER', 'ONETRIP_OIDC_CLIENT_ID', 'ONETRIP_OIDC_LEVELS'] as const
  const given = needed.filter((name) => variables[name] !== undefined)
  const faults =
    given.length === 0
      ? []
      : needed
          .filter((name) => !given.includes(name))
          .map((name) => `${name} is required with ${given.join(' and ')}`)
  const levels = variables.ONETRIP_OIDC_LEVELS ?? []
  if (!(variables.ONETRIP_OIDC_APPLY_LEVELS ?? []).every((level) => levels.includes(level))) {
    faults.push('ONETRIP_OIDC_APPLY_LEVELS must be some of ONETRIP_OIDC_LEVELS')
  }
  const issuer = variables.ONETRIP_OIDC_ISSUER
  if (issuer !== undefined && !isConfidential(new URL(issuer), variables.ONETRIP_MODE)) {
    faults.push('ONETRIP_OIDC_ISSUER must be an https address')
  }
  return faults
}

function providerOf(variables: Variables): IdentityProviderConfig | undefined {
  const issuer = variables.ONETRIP_OIDC_ISSUER
  const clientId = variables.ONETRIP_OIDC_CLIENT_ID
  const levels = variables.ONETRIP_OIDC_LEVELS
  if (issuer === undefined || clientId === undefined || levels === undefined) return undefined
  const clientSecret = variables.ONETRIP_OIDC_CLIENT_SECRET
  return {
    issuer,
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    scope: variables.ONETRIP_OIDC_SCOPE,
    holderClaim: variables.ONETRIP_OIDC_HOLDER_CLAIM,
    levelClaim: variables.ONETRIP_OIDC_LEVEL_CLAIM,
    levels,
    applyLevels: variables.ONETRIP_OIDC_APPLY_LEVELS ?? levels,
  }
}

function originFaults(config: Config): string[] {
  const origins = {
    ONETRIP_API_ORIGIN: config.apiOrigin,
    ONETRIP_WALLET_ORIGIN: config.walletOrigin,
    ONETRIP_COUNTER_ORIGIN: config.counterOrigin,
  }
  const faults: string[] = []
  const wanted =
    config.mode === 'production'
      ? 'an https origin'
      : 'at localhost: the demo has a desk without sign-in; set ONETRIP_MODE=production'
  for (const [name, origin] of Object.entries(origins)) {
    if (!isAllowedOrigin(origin, config.mode)) faults.push(`${name} must be ${wanted}`)
  }
  if (config.port !== 0 && new Set(Object.values(origins)).size < 3) {
    faults.push('ONETRIP_*_ORIGIN must be three different origins')
  }
  if (statusListUri(config, 99).length > MAX_STATUS_URI_CHARS) {
    faults.push(
      `ONETRIP_API_ORIGIN is too long: status URIs have ${MAX_STATUS_URI_CHARS} characters`,
    )
  }
  return faults
}

function isAllowedOrigin(origin: string, mode: Config['mode']): boolean {
  const { protocol, hostname } = new URL(origin)
  return mode === 'demo' ? hostname === 'localhost' : protocol === 'https:'
}

/** A secret may stand in a file named by `<NAME>_FILE`; both at once is a fault. */
function withSecretFiles(environment: Environment): Environment {
  return Object.assign({}, environment, ...SECRET_NAMES.map((name) => secretOf(environment, name)))
}

function secretOf(environment: Environment, name: string): Environment {
  const file = environment[`${name}_FILE`]
  if (file === undefined) return {}
  if (environment[name] !== undefined) {
    throw new ConfigError([`${name} and ${name}_FILE are both set`])
  }
  try {
    return { [name]: readFileSync(file, 'utf8').replace(/\r?\n$/, '') }
  } catch {
    throw new ConfigError([`${name}_FILE cannot be read`])
  }
}
