/** Issued credentials name the API origin (issuer URL, status URI), so a database belongs to one. */
import { type Config, ConfigError } from '../config.ts'
import type { Storage } from './database.ts'
import { firstSetting } from './first-setting.ts'

const NAME = 'api-origin'

/** Notes the origin at first start; throws {@link ConfigError} for another one later. */
export async function bindOrigin({
  config,
  storage,
}: {
  readonly config: Config
  readonly storage: Storage
}): Promise<void> {
  const known = await firstSetting(storage, { name: NAME, value: config.apiOrigin })
  if (known === config.apiOrigin) return
  const place = config.database === undefined ? 'ONETRIP_DATA_DIR' : 'ONETRIP_DATABASE_URL'
  throw new ConfigError([
    `${place} holds licences of ${known}: keep that port and origin, or name another`,
  ])
}
