/** New databases of either kind: the same tables, whole, also where processes are killed on the way. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { childProgram } from '../../testing/child-program.ts'
import {
  createEmptyDatabase,
  databaseUrl,
  dropTestDatabase,
  TEST_POSTGRES,
} from '../../testing/test-database.ts'
import { openStorage, type Storage } from './database.ts'
import { MIGRATIONS } from './migrations.ts'

/** How long after it began a process is killed: before its first statement, among them, and after the last. */
const KILLED_AFTER_MILLISECONDS = [0, 5, 15, 30, 60, 100, 150]

let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-migrate-'))
  await createEmptyDatabase(folder)
})
afterEach(async () => {
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true })
})

function open(): Promise<Storage> {
  return openStorage(
    TEST_POSTGRES === undefined ? join(folder, 'onetrip.sqlite') : { url: databaseUrl(folder) },
  )
}

async function versions(storage: Storage): Promise<readonly number[]> {
  const found = await storage.executeQuery<{ version: number }>(
    CompiledQuery.raw('select version from schema_version order by version'),
  )
  return found.rows.map(({ version }) => version)
}

const ALL: readonly number[] = MIGRATIONS.map((_, index) => index + 1)

test('killed on the way, the next one finds nothing or all, and ends it', async () => {
  for (const milliseconds of KILLED_AFTER_MILLISECONDS) {
    const child = spawn(process.execPath, [childProgram('storage-child'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await sleep(milliseconds)
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  const storage = await open()
  expect(await versions(storage)).toEqual(ALL)
  expect(await storage.selectFrom('trust_revision').selectAll().execute()).toHaveLength(1)
  await storage.destroy()
})

test('several that begin at the same time do it once', async () => {
  const storages = await Promise.all([open(), open(), open()])
  for (const storage of storages) {
    expect(await versions(storage)).toEqual(ALL)
    await storage.destroy()
  }
})

test('a later version is not opened', async () => {
  const storage = await open()
  await storage.executeQuery(CompiledQuery.raw('insert into schema_version (version) values (999)'))
  await storage.destroy()
  await expect(open()).rejects.toThrow('later version')
})

test.skipIf(TEST_POSTGRES === undefined)('both databases have the same tables', async () => {
  const [sqlite, postgres] = [await openStorage(join(folder, 'other.sqlite')), await open()]
  expect(await shapeOf(postgres)).toEqual(await shapeOf(sqlite))
  await sqlite.destroy()
  await postgres.destroy()
})

/** Names and kinds of all columns. */
async function shapeOf(storage: Storage): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await storage.introspection.getTables()
  const kindOf = (type: string): string => (/^(int8|int4|integer)$/i.test(type) ? 'number' : type)
  return Object.fromEntries(
    tables.map(({ name, columns }) => [
      name,
      columns.map((column) => `${column.name} ${kindOf(column.dataType.toLowerCase())}`).sort(),
    ]),
  )
}
