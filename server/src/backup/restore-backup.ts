/** A backup into a new place: what is there already is never touched, and what is put there opens no server before it is replayed. */
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '@onetrip/codec'
import type { Config } from '../config.ts'
import { passphraseFor } from '../keys/demo-passphrase.ts'
import { openKeyStore } from '../keys/key-store.ts'
import { type OpenOptions, openParts } from '../services.ts'
import { isNewDatabase, placeDatabase } from '../storage/copy-database.ts'
import { makeFolder } from '../storage/make-folder.ts'
import { assertFiles, assertMac, BACKUP, type BackupList, parseList } from './backup-list.ts'
import { publishedSource } from './published-source.ts'
import { type Replayed, replayPublished } from './replay-published.ts'
import { PENDING } from './restore-pending.ts'

const OWNER_ONLY = 0o700

/** What is put back, and where what was published is. */
export interface RestoreOrder extends OpenOptions {
  readonly folder: string
  /** An http or https address, or a folder. */
  readonly published: string
}

/**
 * Puts a backup into the place of the configuration and replays what was published. A place where that was not finished is gone on with. Throws
 * `restore/not-empty` where there is anything else, `restore/format`, `restore/altered`, `restore/tools`, and what {@link replayPublished} throws.
 */
export async function restoreBackup(order: RestoreOrder): Promise<Replayed> {
  const { config, folder, published } = order
  const listed = parseList(
    await readFile(join(folder, BACKUP.list)).catch(() => {
      throw fault('restore/format')
    }),
  )
  if (!(await isBegun(order))) await place(config, { folder, listed })
  const parts = await openParts(order)
  try {
    return await replayPublished(parts, publishedSource(published))
  } finally {
    await parts.close()
  }
}

/** Whether this very restoring was begun here: keys and database are there, and it still has to be replayed. */
async function isBegun(order: RestoreOrder): Promise<boolean> {
  const { config } = order
  const names = await readdir(join(config.dataDir, BACKUP.keys)).catch(() => [])
  if (names.length === 0) return false
  const parts = await openParts(order)
  try {
    const row = await parts.storage
      .selectFrom('setting')
      .select('value')
      .where('name', '=', PENDING.name)
      .executeTakeFirst()
    if (row === undefined) throw fault('restore/not-empty')
    return true
  } finally {
    await parts.close()
  }
}

async function place(
  config: Config,
  of: {
    readonly folder: string
    readonly listed: { readonly list: BackupList; readonly mac: string }
  },
): Promise<void> {
  const { folder, listed } = of
  await assertFiles(folder, listed.list)
  const kind = config.database === undefined ? 'sqlite' : 'postgres'
  if (listed.list.database !== kind) throw fault('restore/format')
  const database = config.database ?? join(config.dataDir, 'onetrip.sqlite')
  if (!(await isNewDatabase(database))) throw fault('restore/not-empty')
  assertMac(
    listed,
    openKeyStore(
      join(folder, BACKUP.keys),
      passphraseFor(config, () => undefined),
    ),
  )
  makeFolder(config.dataDir)
  await placeDatabase(database, { file: join(folder, BACKUP.database), setting: PENDING })
  // Last: without its keys nothing opens that database.
  await mkdir(join(config.dataDir, BACKUP.keys), { mode: OWNER_ONLY })
  for (const { path } of listed.list.files) {
    if (path.startsWith(`${BACKUP.keys}/`)) {
      await copyFile(join(folder, path), join(config.dataDir, path))
    }
  }
}
