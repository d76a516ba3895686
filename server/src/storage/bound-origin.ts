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
  // One transaction: processes that start together on a new folder agree on the first one's.
  const known = await transact(storage, async (transaction) => {
    await transaction
      .insertInto('setting')
      .values({ name: NAME, value: config.apiOrigin })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return transaction
      .selectFrom('setting')
      .select('value')
      .where('name', '=', NAME)
      .executeTakeFirstOrThrow()
  })
  if (known.value === config.apiOrigin) return
  throw new ConfigError([
    `ONETRIP_DATA_DIR holds licences of ${known.value}: keep that port and origin, or name another folder`,
  ])
}
