/** The rows of the trust repository: signed metadata by role and version, targets by path and digest. */
import { fromBase64url, sha256, toBase64url, toHex } from '@onetrip/codec'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'
import type { TufMetadataTable } from '../storage/tuf-schema.ts'

/** A row of metadata without its body. */
export type MetadataHead = Omit<TufMetadataTable, 'body'>

/** The newest version of a role's metadata. */
export async function newestMetadata(
  reader: StorageReader,
  role: string,
): Promise<TufMetadataTable | undefined> {
  return reader
    .selectFrom('tuf_metadata')
    .selectAll()
    .where('role', '=', role)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The body of one version of a role's metadata. */
export async function metadataVersion(
  reader: StorageReader,
  { role, version }: Pick<MetadataHead, 'role' | 'version'>,
): Promise<{ readonly body: string } | undefined> {
  return reader
    .selectFrom('tuf_metadata')
    .select('body')
    .where('role', '=', role)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** The newest version of each of `roles` that has one; older versions of other roles cost nothing. */
export async function newestOfEachRole(
  reader: StorageReader,
  roles: readonly string[],
): Promise<ReadonlyMap<string, MetadataHead>> {
  const rows = await reader
    .selectFrom('tuf_metadata as one')
    .select(['role', 'version', 'made_of', 'sha256', 'length', 'signed_at', 'expires_at'])
    .where('role', 'in', roles)
    .where('version', '=', (is) =>
      is
        .selectFrom('tuf_metadata as newest')
        .select((columns) => columns.fn.max('newest.version').as('version'))
        .whereRef('newest.role', '=', 'one.role'),
    )
    .execute()
  return new Map(rows.map((row) => [row.role, row]))
}

/** A row for signed metadata. */
export function metadataRow(
  head: Pick<MetadataHead, 'role' | 'version' | 'made_of' | 'signed_at' | 'expires_at'>,
  bytes: Uint8Array,
): TufMetadataTable {
  return { ...head, sha256: toHex(sha256(bytes)), length: bytes.length, body: toBase64url(bytes) }
}

/** The bytes of a row. */
export function bodyOf({ body }: { readonly body: string }): Uint8Array {
  return fromBase64url(body)
}

/** Keeps a target's bytes; what is there already stays. Answers its digest in hexadecimal. */
export async function addTarget(
  transaction: StorageTransaction,
  target: { readonly path: string; readonly bytes: Uint8Array; readonly addedAt: number },
): Promise<string> {
  const { path, bytes, addedAt } = target
  const digest = toHex(sha256(bytes))
  await transaction
    .insertInto('tuf_target')
    .values({ path, sha256: digest, body: toBase64url(bytes), added_at: addedAt })
    .onConflict((conflict) =>
      conflict.columns(['path', 'sha256']).doUpdateSet({ added_at: addedAt }),
    )
    .execute()
  return digest
}
