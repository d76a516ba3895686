/** What was put back and has not yet been told what was published since is no server: it would give out again what was taken back. */
import { fault } from '@onetrip/codec'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'

/** The setting that says so. */
export const PENDING = { name: 'restore', value: 'pending' } as const

/** Throws `restore/pending`. */
export async function assertReplayed(reader: StorageReader): Promise<void> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', PENDING.name)
    .executeTakeFirst()
  if (row !== undefined)
    throw fault('restore/pending', 'onetrip restore replays what was published')
}

/** From then on it may be opened. */
export async function endPending(transaction: StorageTransaction): Promise<void> {
  await transaction.deleteFrom('setting').where('name', '=', PENDING.name).execute()
}
