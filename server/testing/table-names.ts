/** For tests: the tables of a world's database, as the database itself says. */
import type { World } from './test-world.ts'

/** Names of all tables that are not the database's own. */
export async function tableNames({ services }: World): Promise<readonly string[]> {
  const tables = await services.storage.introspection.getTables()
  return tables.map(({ name }) => name)
}
