/** A role of the trust repository on its way to its next version. */
import type { StorageTransaction } from '../storage/database.ts'
import type { TufMetadataTable } from '../storage/tuf-schema.ts'
import type { MetadataHead } from './repository-rows.ts'

/** A role's new metadata with the targets that it names for the first time. */
export interface RoleChange {
  readonly row: TufMetadataTable
  readonly save: (transaction: StorageTransaction) => Promise<void>
}

/** The next version of a role; its time never goes back, whatever the clock does. */
export function nextHead(options: {
  readonly role: string
  readonly before: MetadataHead | undefined
  readonly madeOf: string
  readonly now: number
  readonly life: number
}): Pick<MetadataHead, 'role' | 'version' | 'made_of' | 'signed_at' | 'expires_at'> {
  const { role, before, madeOf, now, life } = options
  const signedAt = Math.max(now, before?.signed_at ?? 0)
  return {
    role,
    version: (before?.version ?? 0) + 1,
    made_of: madeOf,
    signed_at: signedAt,
    expires_at: signedAt + life,
  }
}

/** A head's version and times as drafts take them. */
export function timesOf(head: Pick<MetadataHead, 'version' | 'signed_at' | 'expires_at'>): {
  readonly version: number
  readonly signedAt: number
  readonly expiresAt: number
} {
  const { version, signed_at: signedAt, expires_at: expiresAt } = head
  return { version, signedAt, expiresAt }
}
