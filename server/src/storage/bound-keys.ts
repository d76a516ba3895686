/**
 * Servers on one PostgreSQL have their keys in one folder. One that has others would take what is being signed elsewhere for something
 * that it can never sign, and revoke it.
 */
import { createHash } from 'node:crypto'
import { type Config, ConfigError } from '../config.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { Storage } from './database.ts'
import { firstSetting } from './first-setting.ts'

const NAME = 'key-store'

/** Notes a digest of a derived secret at first start; throws {@link ConfigError} where the keys are others later. */
export async function bindKeys({
  config,
  storage,
  keys,
}: {
  readonly config: Pick<Config, 'database'>
  readonly storage: Storage
  readonly keys: Pick<KeyStore, 'secret'>
}): Promise<void> {
  if (config.database === undefined) return
  const value = createHash('sha256').update(keys.secret(NAME)).digest('base64url')
  if ((await firstSetting(storage, { name: NAME, value })) === value) return
  throw new ConfigError([
    'ONETRIP_DATA_DIR holds other keys than the database was made with: all servers on one database share them',
  ])
}
