/**
 * Keys of the trust repository (ARCHITECTURE §5). The online roles' keys are the server's own. The offline ones belong to
 * people elsewhere; only a demonstration keeps them beside the others, so that it can play all parts.
 */
import { fault, type PublicKey, type Signer, samePublicKey } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'

const ONLINE_ROLES = ['snapshot', 'timestamp', 'status', 'deny', 'log'] as const

/** Roles whose keys the server holds; one status key serves all status roles. */
export type OnlineRole = (typeof ONLINE_ROLES)[number]
/** Roles that people sign for, away from the server. */
export type OfflineRole = 'root' | 'targets'

/** How many of the demonstration's offline keys have to sign. */
export const DEMO_THRESHOLD = 2

const DEMO_KEYS: Readonly<Record<OfflineRole, readonly string[]>> = {
  root: ['trust-root', 'trust-root-2', 'trust-root-3'],
  targets: ['trust-targets', 'trust-targets-2', 'trust-targets-3'],
}

/** Where keys lie, and which of them is whose. */
export interface OnlineKeySource {
  readonly keys: Services['keys']
  readonly storage: StorageReader
}

/** The signer of an online role: the key that root or targets in force name, before that the first. */
export async function onlineSigner(services: OnlineKeySource, role: OnlineRole): Promise<Signer> {
  const named = await readSetting(services.storage, `trust-key/${role}`)
  return services.keys.ensureSigner(named ?? keyName(role, 1), 'Ed25519')
}

/** The public keys of the online roles as the next root and targets have to name them: the newest ones. */
export async function onlineKeys(
  services: OnlineKeySource,
): Promise<Readonly<Record<OnlineRole, PublicKey>>> {
  const generation = await newestGeneration(services.storage)
  const keyOf = (role: OnlineRole): PublicKey =>
    services.keys.ensureSigner(keyName(role, generation), 'Ed25519').publicKey
  return {
    snapshot: keyOf('snapshot'),
    timestamp: keyOf('timestamp'),
    status: keyOf('status'),
    deny: keyOf('deny'),
    log: keyOf('log'),
  }
}

/**
 * Makes new keys for all online roles, as after a theft. The server signs with them from the moment that a root and
 * targets which name them are brought to it.
 */
export async function renewOnlineKeys(services: Services): Promise<void> {
  if (services.config.mode === 'demo') throw new TypeError('the demonstration keeps its keys')
  await transact(services.storage, async (transaction) => {
    const value = String((await newestGeneration(transaction)) + 1)
    await writeSetting(transaction, GENERATION, value)
    const facts = { generation: Number(value) }
    await recordAct(services, transaction, { act: 'key/renew-online', facts })
  })
}

/** Online roles that sign with another key than the newest, because root or targets in force name that one. */
export async function rolesWithOlderKeys(
  services: OnlineKeySource,
): Promise<readonly OnlineRole[]> {
  const newest = await newestGeneration(services.storage)
  const older: OnlineRole[] = []
  for (const role of ONLINE_ROLES) {
    const named = await readSetting(services.storage, `trust-key/${role}`)
    if ((named ?? keyName(role, 1)) !== keyName(role, newest)) older.push(role)
  }
  return older
}

/** Has a role sign with the key that was named for it. Answers whether that is another than before. Throws `key/unknown`. */
export async function adoptOnlineKey(
  { keys }: Pick<Services, 'keys'>,
  transaction: StorageTransaction,
  { role, key }: { readonly role: OnlineRole; readonly key: PublicKey },
): Promise<boolean> {
  const newest = await newestGeneration(transaction)
  const names = Array.from({ length: newest }, (_, at) => keyName(role, at + 1))
  const name = names.find((known) =>
    samePublicKey(keys.ensureSigner(known, 'Ed25519').publicKey, key),
  )
  if (name === undefined) throw fault('key/unknown', `the key of ${role} is not this server's`)
  const before = await readSetting(transaction, `trust-key/${role}`)
  if (before === name) return false
  await writeSetting(transaction, `trust-key/${role}`, name)
  return before !== undefined || name !== keyName(role, 1)
}

/** The demonstration's offline signers; a server in production has none. */
export function demoSigners(
  { config, keys }: Pick<Services, 'config' | 'keys'>,
  role: OfflineRole,
): readonly Signer[] {
  if (config.mode !== 'demo') throw new TypeError('offline keys are not kept in production')
  return DEMO_KEYS[role].map((name) => keys.ensureSigner(name, 'Ed25519'))
}

const GENERATION = 'trust-key-generation'

function keyName(role: OnlineRole, generation: number): string {
  return generation === 1 ? `trust-${role}` : `trust-${role}-${generation}`
}

async function newestGeneration(reader: StorageReader): Promise<number> {
  return Number((await readSetting(reader, GENERATION)) ?? 1)
}

async function readSetting(reader: StorageReader, name: string): Promise<string | undefined> {
  const query = reader.selectFrom('setting').select('value').where('name', '=', name)
  return (await query.executeTakeFirst())?.value
}

async function writeSetting(
  transaction: StorageTransaction,
  name: string,
  value: string,
): Promise<void> {
  await transaction
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
