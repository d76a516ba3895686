/** Issued credentials name the API origin (issuer URL, status URI), so a data directory belongs to one. */
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { type Storage, transact } from './database.ts'

const NAME = 'api-origin'

/** Notes the origin at first start; another one later is refused in production and logged in the demo. */
export async function bindOrigin(services: {
  readonly config: Config
  readonly storage: Storage
  readonly log: Log
}): Promise<void> {
  const { config, storage, log } = services
  const known = await storage
    .selectFrom('setting')
    .select('value')
    .where('name', '=', NAME)
    .executeTakeFirst()
  if (known?.value === config.apiOrigin) return
  if (known !== undefined && config.mode === 'production') {
    throw new Error('storage: the data directory belongs to another ONETRIP_API_ORIGIN')
  }
  if (known !== undefined) log('storage/origin-changed')
  await transact(storage, (transaction) =>
    transaction
      .insertInto('setting')
      .values({ name: NAME, value: config.apiOrigin })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: config.apiOrigin }))
      .execute(),
  )
}
