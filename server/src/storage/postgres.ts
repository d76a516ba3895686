/** PostgreSQL 15 or later: its tables are brought up to date first, by their owner where another role works with them. */
import {
  type Dialect,
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  replaceWithNoncontingentExpression,
} from 'kysely'
import { ConfigError } from '../config.ts'
import { isUpToDate, migrate } from './migrate.ts'
import { postgresDriver } from './postgres-driver.ts'
import { PostgresUnreachable, sqlState } from './postgres-faults.ts'
import type { PostgresPlace } from './postgres-place.ts'
import { postgresPool } from './postgres-pool.ts'
import { assertRecordStays, grantRights, roleOf } from './postgres-rights.ts'
import type { Schema } from './schema.ts'

/** Of one process; one of them writes. */
const CONNECTIONS = 10
/** Nothing is in a list of nothing, as SQLite has it. */
const EMPTY_LISTS = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })

/** Opens it; throws {@link ConfigError} for a database that cannot be reached, refuses, or is not fit. */
export async function openPostgres(place: PostgresPlace): Promise<Kysely<Schema>> {
  const storage = new Kysely<Schema>({
    dialect: dialectOf(place.url, CONNECTIONS),
    plugins: [EMPTY_LISTS],
  })
  try {
    // Most starts find nothing to do: they take no turn behind who writes, and no connection without limits.
    const isReady = place.ownerUrl === undefined && (await isUpToDate(storage, 'postgres'))
    if (!isReady) await bringUpToDate(storage, place)
    return storage
  } catch (error) {
    await storage.destroy()
    throw atStart(error)
  }
}

async function bringUpToDate(
  storage: Kysely<Schema>,
  { url, ownerUrl }: PostgresPlace,
): Promise<void> {
  const owner = new Kysely<Schema>({ dialect: dialectOf(ownerUrl ?? url, 'one-without-limits') })
  try {
    const role = await roleOf(storage)
    await owner.transaction().execute(async (transaction) => {
      await migrate(transaction, 'postgres')
      if (ownerUrl !== undefined) await grantRights(transaction, role)
    })
    if (ownerUrl !== undefined) await assertRecordStays(storage)
  } finally {
    await owner.destroy()
  }
}

function dialectOf(url: string, connections: number | 'one-without-limits'): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () =>
      postgresDriver(
        connections === 'one-without-limits'
          ? postgresPool(url, { size: 1, hasLimits: false })
          : postgresPool(url, { size: connections, hasLimits: true }),
      ),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

/** Whoever starts the server is told what is wrong with the address; the address itself holds a password. */
function atStart(error: unknown): unknown {
  if (error instanceof PostgresUnreachable) {
    return new ConfigError(['ONETRIP_DATABASE_URL: PostgreSQL cannot be reached there'])
  }
  const state = sqlState(error)
  if (state === '42501') {
    return new ConfigError([
      'ONETRIP_DATABASE_URL: its role may not bring the tables up to date; name the owner in ONETRIP_DATABASE_OWNER_URL',
    ])
  }
  const isRefused = state !== undefined && /^(28|3D)/.test(state)
  return isRefused
    ? new ConfigError([`ONETRIP_DATABASE_URL: PostgreSQL refuses it (${state})`])
    : error
}
