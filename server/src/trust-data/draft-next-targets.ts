/** The next targets as the database has them, for people to read, sign and bring back. */
import { signTuf } from '@onetrip/trust'
import type { Services } from '../services.ts'
import { draftTargetsRole, nextTargetsTimes } from './offline-roles.ts'
import { newestMetadata } from './repository-rows.ts'
import { type TrustDocuments, trustDocuments } from './trust-documents.ts'
import { onlineKeys } from './trust-keys.ts'

/** An unsigned targets file with the documents that it names. */
export interface NextTargets {
  readonly version: number
  readonly bytes: Uint8Array
  readonly documents: TrustDocuments
}

/** Drafts the version after the one in force. */
export async function draftNextTargets(services: Services): Promise<NextTargets> {
  const newest = await newestMetadata(services.storage, 'targets')
  const { documents } = await trustDocuments(services)
  const times = nextTargetsTimes(newest, services.now())
  const online = await onlineKeys(services)
  const draft = draftTargetsRole({ documents, online, ...times })
  return { version: times.version, bytes: await signTuf(draft, []), documents }
}
