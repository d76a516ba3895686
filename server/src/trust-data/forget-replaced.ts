/** How long replaced files of the trust repository stay: measured from when they were replaced, not from their own age. */
import type { StorageTransaction } from '../storage/database.ts'
import type { MetadataHead } from './repository-rows.ts'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS
/** For clients in the middle of an update, on however slow a network. */
const KEEP_REPLACED_SECONDS = 2 * HOUR_SECONDS
/** For packs that build on what a counter has. */
const KEEP_FOR_PACKS_SECONDS = 14 * DAY_SECONDS

/**
 * Forgets what was replaced long before `newest`, the timestamp that is being published. Roots (TUF §6.2.1) and targets
 * metadata stay for ever; what they named goes when it was replaced {@link KEEP_FOR_PACKS_SECONDS} ago.
 */
export async function forgetReplaced(
  transaction: StorageTransaction,
  { newest, roles }: { readonly newest: MetadataHead; readonly roles: readonly string[] },
): Promise<void> {
  await transaction
    .deleteFrom('tuf_metadata')
    .where('role', '=', 'timestamp')
    .where('version', '<', newest.version)
    .execute()
  const forPacks = newest.signed_at - KEEP_FOR_PACKS_SECONDS
  const forClients = newest.signed_at - KEEP_REPLACED_SECONDS
  await forgetVersions(transaction, ['snapshot'], forPacks)
  await forgetVersions(
    transaction,
    roles.filter((role) => role !== 'targets'),
    forClients,
  )
  await forgetTargets(transaction, 'status/%', forClients)
  await forgetTargets(transaction, '%', forPacks)
}

async function forgetVersions(
  transaction: StorageTransaction,
  roles: readonly string[],
  replacedBefore: number,
): Promise<void> {
  await transaction
    .deleteFrom('tuf_metadata')
    .where('role', 'in', roles)
    .where('signed_at', '<=', replacedBefore)
    .where((is) =>
      is.exists(
        is
          .selectFrom('tuf_metadata as later')
          .select('later.version')
          .whereRef('later.role', '=', 'tuf_metadata.role')
          .whereRef('later.version', '>', 'tuf_metadata.version')
          .where('later.signed_at', '<', replacedBefore),
      ),
    )
    .execute()
}

async function forgetTargets(
  transaction: StorageTransaction,
  paths: string,
  replacedBefore: number,
): Promise<void> {
  await transaction
    .deleteFrom('tuf_target')
    .where('added_at', '<', replacedBefore)
    .where('path', 'like', paths)
    .where((is) =>
      is.exists(
        is
          .selectFrom('tuf_target as later')
          .select('later.path')
          .whereRef('later.path', '=', 'tuf_target.path')
          .whereRef('later.added_at', '>', 'tuf_target.added_at')
          .where('later.added_at', '<', replacedBefore),
      ),
    )
    .execute()
}
