/** A backup into a folder, beside running servers: first the database as of one moment, then the keys, of which there are only ever more. */
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '@onetrip/codec'
import { createFileOnce } from '../keys/durable-file.ts'
import { recordLength } from '../record/append.ts'
import type { Services } from '../services.ts'
import { copyDatabase } from '../storage/copy-database.ts'
import { BACKUP, type BackupList, encodeList, listFiles } from './backup-list.ts'

const OWNER_ONLY = 0o700
const KEY_FILE = /^[a-z0-9-]{1,64}\.json$|^[a-z0-9-]{1,64}$/

/** Writes a backup. Throws `restore/not-empty` for a folder that holds something, `restore/tools`. */
export async function writeBackup(services: Services, folder: string): Promise<BackupList> {
  const { config, storage, keys, now } = services
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY })
  if ((await readdir(folder)).length > 0) throw fault('restore/not-empty')
  const entries = await recordLength(storage)
  const place = config.database ?? join(config.dataDir, 'onetrip.sqlite')
  await copyDatabase(place, join(folder, BACKUP.database))
  await mkdir(join(folder, BACKUP.keys), { mode: OWNER_ONLY })
  for (const name of await readdir(join(config.dataDir, BACKUP.keys))) {
    if (!KEY_FILE.test(name)) continue
    await copyFile(join(config.dataDir, BACKUP.keys, name), join(folder, BACKUP.keys, name))
  }
  const list: BackupList = {
    at: now(),
    database: config.database === undefined ? 'sqlite' : 'postgres',
    files: await listFiles(folder),
    entries,
  }
  // Last: a backup without its list is none.
  createFileOnce(join(folder, BACKUP.list), encodeList(list, keys))
  return list
}
