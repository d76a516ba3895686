/**
 * The trust repository, brought up to date when somebody asks for it: a change is signed at once, and without one the
 * timestamp is signed anew every few minutes, so that a verifier knows as of when it knows. What did not change is neither
 * built nor signed: a revocation rewrites one status list, its role, the snapshot and the timestamp.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { fault } from '@onetrip/codec'
import {
  DENY_ROLE,
  describeMetadata,
  draftSnapshot,
  draftTimestamp,
  signTuf,
  type TufDraft,
} from '@onetrip/trust'
import type { Services } from '../services.ts'
import { isUniqueViolation, type StorageTransaction, transact } from '../storage/database.ts'
import type { TufMetadataTable } from '../storage/schema.ts'
import { currentDenyRole } from './deny-role.ts'
import { currentTargets } from './offline-roles.ts'
import {
  bodyOf,
  type MetadataHead,
  metadataRow,
  newestMetadata,
  newestOfEachRole,
} from './repository-rows.ts'
import { nextHead, timesOf } from './role-change.ts'
import { changedStatusRoles } from './status-roles.ts'
import { onlineSigner } from './trust-keys.ts'

const DAY_SECONDS = 86_400
/** How often a verifier learns that nothing has changed. */
export const TIMESTAMP_AGAIN_SECONDS = 300
const TIMESTAMP_LIFE_SECONDS = DAY_SECONDS
const SNAPSHOT_LIFE_SECONDS = 7 * DAY_SECONDS
const KEEP_SNAPSHOTS_SECONDS = 14 * DAY_SECONDS
const KEEP_REPLACED_SECONDS = 2 * DAY_SECONDS
const MAX_ATTEMPTS = 8

/** Brings the repository up to date; throws `trust/unavailable` while nobody has brought root and targets. */
export async function publishRepository(services: Services): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const revision = await readRevision(services)
    const timestamp = await newestMetadata(services.storage, 'timestamp')
    if (timestamp !== undefined && isCurrent(services, timestamp, revision)) return
    if (await publishOnce(services, { revision, timestamp })) return
    await sleep(10 * attempt)
  }
  throw new Error('trust repository: other processes publish all the time')
}

/** What the repository is made of, as a text that changes with it; read before the content, so never newer than it. */
async function readRevision({ storage }: Services): Promise<string> {
  const { offline, online } = await storage
    .selectFrom(['trust_revision', 'online_revision'])
    .select(['trust_revision.revision as offline', 'online_revision.revision as online'])
    .executeTakeFirstOrThrow()
  return `${offline}/${online}`
}

function isCurrent(services: Services, timestamp: MetadataHead, revision: string): boolean {
  const ageSeconds = services.now() - timestamp.signed_at
  return timestamp.made_of === revision && ageSeconds < TIMESTAMP_AGAIN_SECONDS
}

/** Answers false when another process has published in the meantime. */
async function publishOnce(
  services: Services,
  {
    revision,
    timestamp,
  }: { readonly revision: string; readonly timestamp: MetadataHead | undefined },
): Promise<boolean> {
  const targets = await currentTargets(services)
  if (targets === undefined) throw fault('trust/unavailable')
  const heads = new Map(await newestOfEachRole(services.storage)).set('targets', targets)
  const changes = [
    ...(await currentDenyRole(services, heads.get(DENY_ROLE))),
    ...(await changedStatusRoles(services, heads)),
  ]
  for (const { row } of changes) heads.set(row.role, row)
  const snapshot = await currentSnapshot(services, heads)
  const stamped = await newTimestamp(services, { snapshot, timestamp, revision })
  try {
    await transact(services.storage, async (transaction) => {
      for (const { row, save } of changes) {
        await transaction.insertInto('tuf_metadata').values(row).execute()
        await save(transaction)
      }
      if (snapshot.isNew)
        await transaction.insertInto('tuf_metadata').values(snapshot.row).execute()
      await transaction.insertInto('tuf_metadata').values(stamped).execute()
      await forgetOld(transaction, stamped)
    })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

interface CurrentSnapshot {
  readonly row: TufMetadataTable
  readonly isNew: boolean
}

async function currentSnapshot(
  services: Services,
  heads: ReadonlyMap<string, MetadataHead>,
): Promise<CurrentSnapshot> {
  const listed = [...heads.values()].filter(({ role }) => !UNLISTED.includes(role))
  const madeOf = listed
    .map(({ role, version }) => `${role} ${version}`)
    .sort()
    .join('\n')
  const newest = await newestMetadata(services.storage, 'snapshot')
  const now = services.now()
  const isInDate = newest !== undefined && newest.expires_at - now > SNAPSHOT_LIFE_SECONDS / 2
  if (isInDate && newest.made_of === madeOf) return { row: newest, isNew: false }
  const head = nextHead({
    role: 'snapshot',
    before: newest,
    madeOf,
    now,
    life: SNAPSHOT_LIFE_SECONDS,
  })
  const roles = new Map(
    listed.map(({ role, version, length, sha256 }) => [role, { version, length, sha256 }]),
  )
  const draft = draftSnapshot({ ...timesOf(head), roles })
  const bytes = await signAs(services, 'snapshot', draft)
  return { row: metadataRow(head, bytes), isNew: true }
}

async function newTimestamp(
  services: Services,
  options: {
    readonly snapshot: CurrentSnapshot
    readonly timestamp: MetadataHead | undefined
    readonly revision: string
  },
): Promise<TufMetadataTable> {
  const { snapshot, timestamp, revision } = options
  const life = TIMESTAMP_LIFE_SECONDS
  const now = services.now()
  const head = nextHead({ role: 'timestamp', before: timestamp, madeOf: revision, now, life })
  const draft = draftTimestamp({
    ...timesOf(head),
    snapshot: describeMetadata(bodyOf(snapshot.row)),
  })
  return metadataRow(head, await signAs(services, 'timestamp', draft))
}

/** Roles that a snapshot does not list (TUF §4.4). */
const UNLISTED: readonly string[] = ['root', 'timestamp', 'snapshot']

async function signAs(
  services: Services,
  role: 'snapshot' | 'timestamp',
  draft: TufDraft,
): Promise<Uint8Array> {
  return signTuf(draft, [await onlineSigner(services, role)])
}

/**
 * Replaced files stay for clients in the middle of an update; snapshots for packs that build on what a counter has.
 * Roots (TUF §6.2.1), targets and the documents of theirs stay for ever.
 */
async function forgetOld(transaction: StorageTransaction, newest: MetadataHead): Promise<void> {
  const { version, signed_at: now } = newest
  await transaction
    .deleteFrom('tuf_metadata')
    .where('role', '=', 'timestamp')
    .where('version', '<', version)
    .execute()
  await transaction
    .deleteFrom('tuf_metadata')
    .where('role', 'not in', ['root', 'targets', 'timestamp'])
    .where((is) =>
      is.or([
        is.and([is('role', '=', 'snapshot'), is('signed_at', '<', now - KEEP_SNAPSHOTS_SECONDS)]),
        is.and([is('role', '!=', 'snapshot'), is('signed_at', '<', now - KEEP_REPLACED_SECONDS)]),
      ]),
    )
    .where((is) =>
      is.exists(
        is
          .selectFrom('tuf_metadata as later')
          .select('later.version')
          .whereRef('later.role', '=', 'tuf_metadata.role')
          .whereRef('later.version', '>', 'tuf_metadata.version'),
      ),
    )
    .execute()
  await transaction
    .deleteFrom('tuf_target')
    .where('path', 'like', 'status/%')
    .where('added_at', '<', now - KEEP_REPLACED_SECONDS)
    .where((is) =>
      is.exists(
        is
          .selectFrom('tuf_target as later')
          .select('later.path')
          .whereRef('later.path', '=', 'tuf_target.path')
          .whereRef('later.added_at', '>', 'tuf_target.added_at'),
      ),
    )
    .execute()
}
