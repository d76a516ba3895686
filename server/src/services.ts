/** What every part of the server works with, opened once: storage, keys, log, clock and randomness. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { assertReplayed } from './backup/restore-pending.ts'
import { type RelyingParty, relyingParty } from './citizens/relying-party.ts'
import { type Config, ConfigError, type IdentityProviderConfig } from './config.ts'
import { demoIdentityProvider, demoStaffProvider } from './demo/demo-identity.ts'
import { checkHsmKeys } from './hsm/check-hsm-keys.ts'
import { type Hsm, openHsm } from './hsm/hsm.ts'
import { passphraseFor } from './keys/demo-passphrase.ts'
import { type KeyStore, openKeyStore } from './keys/key-store.ts'
import { createPrinter, type Printer } from './licences/printer.ts'
import { reconcilePending } from './licences/sign-credential.ts'
import { jsonLog, type Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { type ProviderClient, providerClient } from './openid-connect/provider-client.ts'
import { loadRates } from './rates/keep-rates.ts'
import { type RateBook, rateBook } from './rates/rate-book.ts'
import { holdOlderRows } from './record/older-rows.ts'
import { settleSeals } from './seals/make-seal.ts'
import { type PublicationFaults, publicationFaults } from './status-lists/publication-faults.ts'
import { buildStatuses, type StatusBuilder } from './status-lists/status-rows.ts'
import { bindKeys } from './storage/bound-keys.ts'
import { bindOrigin } from './storage/bound-origin.ts'
import { openStorage, type Storage } from './storage/database.ts'
import { makeFolder } from './storage/make-folder.ts'
import { recordIds } from './storage/record-id.ts'
import { assertClockNotAhead } from './trust-data/clock-doubt.ts'
import { ensureDemoRoot } from './trust-data/demo-root.ts'
import { type MirrorMemory, mirrorMemory } from './trust-data/mirror.ts'
import { type PublishedMemory, publishedMemory } from './trust-data/published.ts'
import type { TrustMemory } from './trust-data/published-trust.ts'

/** Where identity providers send browsers back to: an address of its own for each, so that none passes for another (RFC 9700 §4.4.2). */
export const CALLBACK_PATHS = {
  citizens: '/sign-in/callback',
  staff: '/staff/callback',
} as const

/** The opened parts. */
export interface Services {
  readonly config: Config
  readonly storage: Storage
  readonly keys: KeyStore
  /** Absent where all keys are files. */
  readonly hsm?: Hsm
  readonly log: Log
  readonly metrics: Metrics
  readonly rates: RateBook
  /** Public data as this process served it last. */
  readonly published: PublishedMemory
  /** Recognised jurisdictions' repositories as this process followed them last. */
  readonly mirrors: MirrorMemory
  /** Our own trust data as this process opened them last. */
  readonly ownTrust: TrustMemory
  /** Status lists this process could not publish. */
  readonly publicationFaults: PublicationFaults
  readonly buildStatuses: StatusBuilder
  readonly printer: Printer
  /** Absent where citizens do not sign in. */
  readonly relyingParty?: RelyingParty
  /** Absent where staff do not sign in. */
  readonly staffProvider?: ProviderClient
  /** The claim by which it says as whom members are known as citizens; absent where it does not. */
  readonly staffPersonClaim?: string
  /** Unix seconds, whole. */
  readonly now: () => number
  readonly random: (length: number) => Uint8Array
  /** An id for a record, UUIDv7. */
  readonly newId: () => string
  /** Ends what runs, and releases the database. */
  readonly close: () => Promise<void>
}

/** What {@link openServices} opens; clock, randomness, log lines and a builder of lists may be given by tests. */
export interface OpenOptions {
  readonly config: Config
  readonly now?: () => number
  readonly random?: (length: number) => Uint8Array
  readonly writeLog?: (line: string) => void
  readonly buildStatuses?: StatusBuilder
}

/**
 * Opens database and keys in `config.dataDir`, making both at first start, and settles what a
 * crash left pending. In a demonstration the trust repository has a root when this returns. Throws `ConfigError` for a folder that
 * cannot be made, `restore/pending` for what was put back and has not been replayed, `clock/ahead` where
 * nothing may be dated by the clock.
 */
export async function openServices(options: OpenOptions): Promise<Services> {
  const services = await openParts(options)
  try {
    await assertReplayed(services.storage)
    // What is settled below is dated already.
    await assertClockNotAhead(services)
  } catch (error) {
    await services.close()
    throw error
  }
  await bindOrigin(services)
  await bindKeys(services)
  await holdOlderRows(services)
  if (services.hsm !== undefined) await checkHsmKeys(services.hsm, services.keys, services.log)
  await loadRates(services)
  await ensureDemoRoot(services)
  const settled = (await reconcilePending(services)) + (await settleSeals(services))
  if (settled > 0) services.log('storage/pending-settled', { count: settled })
  return services
}

/** Opens the parts and settles nothing: for putting a backup back, before which nothing may be settled, and for making one. */
export async function openParts(options: OpenOptions): Promise<Services> {
  const { config } = options
  const now = options.now ?? (() => Math.floor(Date.now() / 1000))
  const random = options.random ?? ((length: number) => new Uint8Array(randomBytes(length)))
  const log = jsonLog(options.writeLog ?? ((line) => process.stderr.write(`${line}\n`)), now)
  makeDataFolder(config)
  const hsm = config.hsm && openHsm(config.hsm, log)
  const keys = openKeyStore(
    join(config.dataDir, 'keys'),
    passphraseFor(config, log),
    hsm && config.hsm && { hsm, kinds: config.hsm.kinds },
  )
  const storage = await openStorage(config.database ?? join(config.dataDir, 'onetrip.sqlite'))
  const printer = createPrinter()
  const provider = providerFor(config, keys)
  const staff = config.staffProvider ?? demoStaffProvider(config, keys)
  const services: Services = {
    config,
    storage,
    keys,
    log,
    metrics: createMetrics(),
    rates: rateBook({ now, secret: keys.secret('rate-limits') }),
    published: publishedMemory(),
    mirrors: mirrorMemory(),
    ownTrust: {},
    publicationFaults: publicationFaults(),
    buildStatuses: options.buildStatuses ?? buildStatuses,
    now,
    random,
    newId: recordIds(now, random),
    printer,
    ...(hsm === undefined ? {} : { hsm }),
    ...(provider === undefined
      ? {}
      : { relyingParty: relyingParty(provider, config.apiOrigin + CALLBACK_PATHS.citizens) }),
    ...(staff === undefined
      ? {}
      : { staffProvider: providerClient(staff, config.apiOrigin + CALLBACK_PATHS.staff) }),
    ...(staff?.personClaim === undefined ? {} : { staffPersonClaim: staff.personClaim }),
    close: async () => {
      await printer.close()
      hsm?.close()
      await storage.destroy()
    },
  }
  return services
}

function makeDataFolder({ dataDir }: Config): void {
  try {
    makeFolder(dataDir)
  } catch (error) {
    throw new ConfigError([`ONETRIP_DATA_DIR: ${error instanceof Error ? error.message : error}`])
  }
}

/** The configured provider; in a demonstration without one, its own. */
function providerFor(config: Config, keys: KeyStore): IdentityProviderConfig | undefined {
  return config.identityProvider ?? demoIdentityProvider(config, keys)
}
