/** Before the server's tests on PostgreSQL: one is started for them, unless `ONETRIP_TEST_POSTGRES` names one. */
import { makeEmptyTemplate } from '../server/testing/test-database.ts'
import { ensurePostgres, startPostgres } from './postgres.ts'

/** Where the tests find it (`server/testing/test-database.ts`). */
const ADDRESS = 'ONETRIP_TEST_POSTGRES_STARTED'

/** Vitest's global set-up; what it gives back ends it. */
export default async function prepare(): Promise<() => void> {
  const named = process.env['ONETRIP_TEST_POSTGRES']
  const programs = named === undefined ? ensurePostgres() : undefined
  if (named === undefined && programs === undefined) {
    throw new Error('PostgreSQL is not here. Run: sudo apt-get install -y postgresql')
  }
  const started = programs === undefined ? undefined : await startPostgres(programs)
  const address = named ?? started?.address ?? ''
  process.env[ADDRESS] = address
  await makeEmptyTemplate(address)
  return () => started?.stop()
}
