/** Every variable of the server in one table, with its words: README's table and `onetrip serve --print-config` come from it. */
import { type Config, SECRET_NAMES } from './config.ts'

/** What stands about one variable; Markdown. */
export interface VariableWords {
  readonly default: string
  readonly meaning: string
  /** What is in effect; where nothing is, or it is left out, what the variable says is shown. */
  readonly inEffect?: (config: Config) => string | number | undefined
}

/** Of commands that speak to a server, or look at its data from elsewhere. */
const OF_COMMANDS: ReadonlySet<string> = new Set(['ONETRIP_API_KEY', 'ONETRIP_ROOT'])
/** A letter, digit or mark that no shell and no `EnvironmentFile` reads as more than itself. */
const PLAIN = /^[\w.,:/@%+=-]*$/
const HIDDEN = '(hidden)'

/** In the order of README. */
export const CONFIG_TABLE: Readonly<Record<string, VariableWords>> = {
  ONETRIP_MODE: {
    default: '`demo`',
    meaning: '`production` refuses plain http and the demo desk',
    inEffect: ({ mode }) => mode,
  },
  ONETRIP_PORT: {
    default: '8787',
    meaning: 'API and trust data; the wallet is at + 1, the counter at + 2',
    inEffect: ({ port }) => port,
  },
  ONETRIP_WALLET_PORT: {
    default: 'the next port',
    meaning: 'where the wallet is served',
    inEffect: ({ walletPort }) => walletPort,
  },
  ONETRIP_COUNTER_PORT: {
    default: 'the next but one',
    meaning: 'where the counter is served',
    inEffect: ({ counterPort }) => counterPort,
  },
  ONETRIP_HOST: {
    default: 'loopback in the demo, else all',
    meaning: 'address on which the three ports listen',
    inEffect: ({ host }) => host,
  },
  ONETRIP_METRICS_PORT: {
    default: 'none',
    meaning: 'where Prometheus metrics are served, at `/metrics`, to whoever reaches that port',
    inEffect: ({ metrics }) => metrics?.port,
  },
  ONETRIP_METRICS_HOST: {
    default: '`127.0.0.1`',
    meaning: 'address on which that port listens',
    inEffect: ({ metrics }) => metrics?.host,
  },
  ONETRIP_TRUSTED_PROXIES: {
    default: 'none',
    meaning:
      "IP addresses, separated by commas, whose `X-Forwarded-For` counts for rate limits and whose `X-Request-Id` is the request's",
    inEffect: ({ trustedProxies }) => trustedProxies.join(','),
  },
  ONETRIP_DATA_DIR: {
    default: '`./.data`',
    meaning:
      'database and encrypted keys; in the demo also `server.log` (`onetrip serve` logs to stderr), `demo-passphrase` and `demo-api-key`',
    inEffect: ({ dataDir }) => dataDir,
  },
  ONETRIP_DATABASE_URL: {
    default: 'SQLite in the data folder',
    meaning:
      'PostgreSQL 15 or later: `postgres://user:password@host/database?sslmode=verify-full` (also `sslrootcert`, `sslcert`, `sslkey`; `host=/run/postgresql` for a socket). Any number of servers work on one; they share `ONETRIP_DATA_DIR`, where the keys are',
  },
  ONETRIP_DATABASE_OWNER_URL: {
    default: 'none',
    meaning:
      'the same database for the owner of its tables, so that the role above cannot change the record: needed at the first start of each version',
  },
  ONETRIP_KEY_PASSPHRASE: {
    default: 'made for the demo',
    meaning: 'opens the key files',
  },
  ONETRIP_PKCS11_MODULE: {
    default: 'none',
    meaning:
      'an HSM that makes and holds keys: path of its PKCS#11 module, such as `/usr/lib/softhsm/libsofthsm2.so`',
    inEffect: ({ hsm }) => hsm?.module,
  },
  ONETRIP_PKCS11_TOKEN: {
    default: 'required with a module',
    meaning: 'label of the token',
    inEffect: ({ hsm }) => hsm?.tokenLabel,
  },
  ONETRIP_PKCS11_PIN: {
    default: 'required with a module',
    meaning:
      "PIN of the token's user; once it is refused it is not tried again before the next start",
  },
  ONETRIP_PKCS11_KEYS: {
    default: '`licence,seal`',
    meaning:
      'which new keys are made there: `licence`, `seal`, `status`, `office`; keys that are files stay files',
    inEffect: ({ hsm }) => hsm?.kinds.join(','),
  },
  ONETRIP_API_ORIGIN: {
    default: '`http://localhost:8787`',
    meaning: 'where people reach the API; at `localhost` in the demo, https in production',
    inEffect: ({ apiOrigin }) => apiOrigin,
  },
  ONETRIP_WALLET_ORIGIN: {
    default: '`http://localhost:8788`',
    meaning: 'where they reach the wallet, likewise',
    inEffect: ({ walletOrigin }) => walletOrigin,
  },
  ONETRIP_COUNTER_ORIGIN: {
    default: '`http://localhost:8789`',
    meaning: 'where they reach the counter, likewise',
    inEffect: ({ counterOrigin }) => counterOrigin,
  },
  ONETRIP_ENVIRONMENT: {
    default: '`demo`',
    meaning: 'bound into trust data: a demo key never passes in production',
    inEffect: ({ environment }) => environment,
  },
  ONETRIP_SEAL_FONT: {
    default: "Debian's `NotoSerifCJK-Bold.ttc`",
    meaning: 'the font in which seals are drawn (`apt-get install fonts-noto-cjk`)',
    inEffect: ({ sealFont }) => sealFont,
  },
  ONETRIP_TEXT_FONT: {
    default: "Debian's `NotoSerifCJK-Regular.ttc`",
    meaning: 'the font in which licences are printed',
    inEffect: ({ textFont }) => textFont,
  },
  ONETRIP_TSA_URL: {
    default: 'none',
    meaning: 'time-stamper (RFC 3161, http or https) asked at each sealing',
    inEffect: ({ timeStampService }) => withoutQuery(timeStampService?.url),
  },
  ONETRIP_TSA_TIMEOUT_MS: {
    default: '5000',
    meaning: 'for how long it is asked, in milliseconds',
    inEffect: ({ timeStampService }) => timeStampService?.timeoutMilliseconds,
  },
  ONETRIP_LOG_WITNESSES: {
    default: 'none',
    meaning:
      'a file `[{ "vkey": …, "url": … }]`: which witnesses are asked to cosign the log\'s checkpoints (C2SP tlog-witness)',
  },
  ONETRIP_LOG_QUORUM: {
    default: 'a majority',
    meaning: 'how many of them have to',
    inEffect: ({ witnessQuorum }) => witnessQuorum,
  },
  ONETRIP_OIDC_ISSUER: {
    default: "the demo's own provider; none in production",
    meaning:
      'with whom citizens sign in (OpenID Connect); redirect URI `API origin/sign-in/callback`',
    inEffect: ({ identityProvider }) => identityProvider?.issuer,
  },
  ONETRIP_OIDC_CLIENT_ID: {
    default: 'required with an issuer',
    meaning: 'as whom the server asks there',
    inEffect: ({ identityProvider }) => identityProvider?.clientId,
  },
  ONETRIP_OIDC_CLIENT_SECRET: {
    default: 'none',
    meaning: 'how it authenticates there',
  },
  ONETRIP_OIDC_SCOPE: {
    default: '`openid`',
    meaning: 'what is asked for',
    inEffect: ({ identityProvider }) => identityProvider?.scope,
  },
  ONETRIP_OIDC_HOLDER_CLAIM: {
    default: '`sub`',
    meaning: 'the claim of the ID token that every agency here writes as `holderReference`',
    inEffect: ({ identityProvider }) => identityProvider?.holderClaim,
  },
  ONETRIP_OIDC_LEVEL_CLAIM: {
    default: '`acr`',
    meaning: 'the claim that says how well a real name is known',
    inEffect: ({ identityProvider }) => identityProvider?.levelClaim,
  },
  ONETRIP_OIDC_LEVELS: {
    default: 'required with an issuer',
    meaning: 'which of its values prove a real name, separated by commas',
    inEffect: ({ identityProvider }) => identityProvider?.levels.join(','),
  },
  ONETRIP_OIDC_APPLY_LEVELS: {
    default: 'those of `ONETRIP_OIDC_LEVELS`',
    meaning: 'which of them are enough to apply for something from home',
    inEffect: ({ identityProvider }) => identityProvider?.applyLevels.join(','),
  },
  ONETRIP_STAFF_ISSUER: {
    default: "the demo's own provider; none in production",
    meaning:
      'with whom staff sign in (OpenID Connect); redirect URI `API origin/staff/callback`; members are known by `sub` alone',
    inEffect: ({ staffProvider }) => staffProvider?.issuer,
  },
  ONETRIP_STAFF_CLIENT_ID: {
    default: 'required with an issuer',
    meaning: 'as whom the server asks there',
    inEffect: ({ staffProvider }) => staffProvider?.clientId,
  },
  ONETRIP_STAFF_CLIENT_SECRET: {
    default: 'none',
    meaning: 'how it authenticates there: a secret',
  },
  ONETRIP_STAFF_CLIENT_KEY: {
    default: 'none',
    meaning: 'or a private JWK of P-256 (`private_key_jwt`)',
  },
  ONETRIP_STAFF_SCOPE: {
    default: '`openid`',
    meaning: 'what is asked for',
    inEffect: ({ staffProvider }) => staffProvider?.scope,
  },
  ONETRIP_STAFF_PERSON_CLAIM: {
    default: "the demo's own; none otherwise",
    meaning:
      'which of its claims says of a member what `ONETRIP_OIDC_HOLDER_CLAIM` says of a citizen, such as a number: nobody decides their own matter by it (回避)',
    inEffect: ({ staffProvider }) => staffProvider?.personClaim,
  },
  ONETRIP_WALLET_REACHES: {
    default: 'none',
    meaning:
      "other origins (https, or http at localhost; at most 32, separated by commas) where the wallet fetches requests and sends answers: other offices' verifiers, which send CORS. The wallet's policy (CSP) names them",
    inEffect: ({ walletReaches }) => walletReaches.join(','),
  },
  ONETRIP_WALLETS: {
    default: 'none',
    meaning:
      'wallets of other makers: pairs of client identifier and redirect address, `id https://…, id2 app.example:/cb`',
    inEffect: ({ wallets }) =>
      wallets.map(({ clientId, redirectUri }) => `${clientId} ${redirectUri}`).join(', '),
  },
  ONETRIP_KEY_ATTESTERS: {
    default: 'none',
    meaning: "a file with a JWK set: whose attestations of wallets' keys count",
  },
  ONETRIP_CLOCK_CONFIRMED: {
    default: 'none',
    meaning:
      'today’s date, `2026-11-20`, where a server that stood still for more than 7 days asks for it (`clock/ahead`): by a clock that runs ahead nothing is published. It confirms that day and those beside it, and none after',
  },
  ONETRIP_FAILPOINT: {
    default: 'none',
    meaning: 'where the process kills itself: tests of crashes only, ignored in production',
    inEffect: ({ failpoint }) => failpoint ?? '',
  },
}

/** README's rows, one for each variable. */
export function configRows(): readonly string[] {
  return Object.entries(CONFIG_TABLE).map(([name, words]) => {
    const file = isSecret(name) ? `, or \`${name}_FILE\`` : ''
    return `| \`${name}\`${file} | ${words.default} | ${words.meaning} |`
  })
}

/**
 * What a server runs with, as lines of an environment file: `NAME=value` where `environment` says it, `# NAME=value` where it
 * does not. No secret stands in it. Names that begin as ours do and are none are told at the end.
 */
export function configLines(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const known = new Set(OF_COMMANDS)
  const lines = Object.entries(CONFIG_TABLE).map(([name, { inEffect }]) => {
    const file = `${name}_FILE`
    known.add(name)
    if (isSecret(name)) {
      known.add(file)
      const path = environment[file]
      if (path !== undefined) return `${file}=${quoted(path)}`
      return environment[name] === undefined ? `# ${name}=` : `${name}=${HIDDEN}`
    }
    const given = environment[name]
    const value = String(inEffect?.(config) ?? given ?? '')
    return `${given === undefined ? '# ' : ''}${name}=${quoted(value)}`
  })
  const unknown = Object.keys(environment)
    .filter((name) => name.startsWith('ONETRIP_') && !known.has(name))
    .sort()
  return [...lines, ...unknown.map((name) => `# ${name} is no variable of the server`)]
}

function isSecret(name: string): boolean {
  return SECRET_NAMES.some((secret) => secret === name)
}

/** A query may hold a key of the service's. */
function withoutQuery(url: string | undefined): string | undefined {
  if (url === undefined) return undefined
  const { origin, pathname, search } = new URL(url)
  return origin + pathname + (search === '' ? '' : `?${HIDDEN}`)
}

function quoted(value: string): string {
  return PLAIN.test(value) ? value : JSON.stringify(value)
}
