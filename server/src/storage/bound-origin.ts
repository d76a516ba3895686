/** Issued credentials name the API origin (issuer URL, status URI), so a data directory belongs to one. */
import { type Config, ConfigError } from '../config.ts'
import { type Storage, transact } from './database.ts'

const NAME = 'api-origin'

/** Notes the origin at first start; throws {@link ConfigError} for another one later. */
export async function bindOrigin(services: {
  readonly config: Config
  readonly storage: Storage
}): Promise<void> {
  const { config, storage } = services
  const known = await storage
    .selectFrom('setting')
    .select('value')
    .where('name', '=', NAME)
    .executeTakeFirst()
  if (known?.value === config.apiOrigin) return
  if (known !== undefined) {
    throw new ConfigError([
      `ONETRIP_DATA_DIR holds licences of ${known.value}: keep that port and origin, or name another folder`,
    ])
  }
  await transact(storage, (transaction) =>
    transaction.insertInto('setting').values({ name: NAME, value: config.apiOrigin }).execute(),
  )
}
