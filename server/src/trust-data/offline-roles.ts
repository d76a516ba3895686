/** Root and targets: signed by people elsewhere and brought here; in a demonstration the server plays those people. */
import { createHash } from 'node:crypto'
import { fault, type PublicKey } from '@onetrip/codec'
import {
  DENY_ROLE,
  type DraftDelegation,
  describeTarget,
  draftTargets,
  LOG_ROLE,
  STATUS_ROLES,
  signTuf,
  TARGET,
  type TufDraft,
} from '@onetrip/trust'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import { keysIn, markListed, trustListIn } from './listed-keys.ts'
import {
  addTarget,
  bodyOf,
  type MetadataHead,
  metadataRow,
  newestMetadata,
} from './repository-rows.ts'
import { nextHead, type RoleChange, timesOf } from './role-change.ts'
import { type TrustDocuments, trustDocuments } from './trust-documents.ts'
import { DEMO_THRESHOLD, demoSigners, type OnlineRole, onlineKeys } from './trust-keys.ts'

const DAY_SECONDS = 86_400
const TARGETS_LIFE_SECONDS = 90 * DAY_SECONDS

/** Drafts the targets over the documents, with the delegations to the online roles. */
export function draftTargetsRole(options: {
  readonly documents: TrustDocuments
  readonly online: Readonly<Record<OnlineRole, PublicKey>>
  readonly version: number
  /** Unix seconds. */
  readonly signedAt: number
  /** Unix seconds. */
  readonly expiresAt: number
}): TufDraft {
  const { documents, online, version, signedAt, expiresAt } = options
  return draftTargets({
    version,
    signedAt,
    expiresAt,
    targets: new Map([...documents].map(([path, bytes]) => [path, describeTarget(bytes)])),
    delegations: delegationsTo(online),
  })
}

/** Version and times of the targets after `newest`. */
export function nextTargetsTimes(
  newest: MetadataHead | undefined,
  now: number,
): ReturnType<typeof timesOf> {
  const life = TARGETS_LIFE_SECONDS
  return timesOf(nextHead({ role: 'targets', before: newest, madeOf: '', now, life }))
}

/** The newest root, as faces are built with it. Throws `trust/unavailable` while there is none. */
export async function currentRoot(services: Services): Promise<Uint8Array> {
  const row = await newestMetadata(services.storage, 'root')
  if (row === undefined) throw fault('trust/unavailable')
  return bodyOf(row)
}

/** The oldest root that is kept: who begins with it meets each root on the way. Throws `trust/unavailable`. */
export async function firstRoot({ storage }: Services): Promise<Uint8Array> {
  const row = await storage
    .selectFrom('tuf_metadata')
    .select('body')
    .where('role', '=', 'root')
    .orderBy('version')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) throw fault('trust/unavailable')
  return bodyOf(row)
}

/** Whether root and targets are here, so that verifiers can be served. */
export async function isPublishable(services: Services): Promise<boolean> {
  if ((await newestMetadata(services.storage, 'root')) === undefined) return false
  if (services.config.mode === 'demo') return true
  return (await newestMetadata(services.storage, 'targets')) !== undefined
}

/** The targets in force, and the change that brings them in where they are not kept yet. */
export interface CurrentTargets {
  readonly head: MetadataHead
  readonly changes: readonly RoleChange[]
}

/**
 * The targets in force. In a demonstration they follow the database, whose trust revision is `offline`; elsewhere they
 * are the ones that were signed and brought, whatever the database says since. Undefined while there are none.
 */
export async function currentTargets(
  services: Services,
  offline: number,
): Promise<CurrentTargets | undefined> {
  const newest = await newestMetadata(services.storage, 'targets')
  const kept = newest === undefined ? undefined : { head: newest, changes: [] }
  if (services.config.mode !== 'demo') return kept
  const now = services.now()
  const isInDate = newest !== undefined && newest.expires_at - now > TARGETS_LIFE_SECONDS / 2
  const built = builtOf.get(services)
  if (isInDate && built?.offline === offline && now <= built.goodUntil) return kept
  const { documents, goodUntil } = await trustDocuments(services)
  const madeOf = digestOf(documents)
  if (isInDate && newest.made_of === madeOf) {
    builtOf.set(services, { offline, goodUntil })
    return kept
  }
  const life = TARGETS_LIFE_SECONDS
  const head = nextHead({ role: 'targets', before: newest, madeOf, now, life })
  const online = await onlineKeys(services)
  const draft = draftTargetsRole({ documents, online, ...timesOf(head) })
  const bytes = await signTuf(draft, demoSigners(services, 'targets').slice(0, DEMO_THRESHOLD))
  const row = metadataRow(head, bytes)
  const save = (transaction: StorageTransaction) =>
    addDocuments(transaction, { documents, addedAt: head.signed_at })
  return { head: row, changes: [{ row, save }] }
}

/** The trust revision that a process has found in the targets, and until when: documents are built once for each. */
const builtOf = new WeakMap<Services, { readonly offline: number; readonly goodUntil: number }>()

/** The delegations from targets to the online roles. */
export function delegationsTo(online: Readonly<Record<OnlineRole, PublicKey>>): DraftDelegation[] {
  const status = Array.from(
    { length: STATUS_ROLES },
    (_, at): DraftDelegation => ({
      name: `status-${at + 1}`,
      keys: [online.status],
      threshold: 1,
      terminating: true,
      paths: [`status/${at + 1}/*`, ...(at === 0 ? [TARGET.statusNames] : [])],
    }),
  )
  const one = (role: 'deny' | 'log'): DraftDelegation => ({
    name: role,
    keys: [online[role]],
    threshold: 1,
    terminating: true,
    paths: [`${role}/*`],
  })
  return [one(DENY_ROLE), one(LOG_ROLE), ...status]
}

function digestOf(documents: TrustDocuments): string {
  const hash = createHash('sha256')
  for (const [path, bytes] of documents) hash.update(`${path} ${bytes.length}\n`).update(bytes)
  return hash.digest('base64url')
}

async function addDocuments(
  transaction: StorageTransaction,
  { documents, addedAt }: { readonly documents: TrustDocuments; readonly addedAt: number },
): Promise<void> {
  const list = documents.get(TARGET.trustList)
  if (list !== undefined) await markListed(transaction, keysIn(trustListIn(list)), addedAt)
  for (const [path, bytes] of documents) await addTarget(transaction, { path, bytes, addedAt })
}
