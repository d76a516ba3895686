/** Signed forms that were replaced, for whoever was sent to their address a moment ago. */
import type { StorageTransaction } from '../storage/database.ts'
import type { FormerStatusTable } from '../storage/schema.ts'
import { sha256Hex } from '../trust-data/published.ts'
import { decodeBody } from './status-body.ts'

/** Twice what a reader may keep a list, and far above what a cache may. */
export const FORMER_KEPT_SECONDS = 600

/** Keeps `row`, which is about to be replaced, and forgets what was replaced long ago. */
export async function keepFormer(
  transaction: StorageTransaction,
  row: Pick<FormerStatusTable, 'list_id' | 'form' | 'body'>,
  now: number,
): Promise<void> {
  const { list_id, form, body } = row
  await transaction
    .deleteFrom('former_status')
    .where('list_id', '=', list_id)
    .where('replaced_at', '<', now - FORMER_KEPT_SECONDS)
    .execute()
  await transaction
    .insertInto('former_status')
    .values({ hash: sha256Hex(decodeBody(body, form)), list_id, form, body, replaced_at: now })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ replaced_at: now }))
    .execute()
}
