/**
 * The trust repository, brought up to date when somebody asks for it: a change is signed at once, and without one the
 * timestamp is signed anew every few minutes, so that a verifier knows as of when it knows. What did not change is neither
 * built nor signed: a revocation rewrites one status list, its role, the snapshot and the timestamp.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, fault } from '@onetrip/codec'
import {
  DENY_ROLE,
  describeMetadata,
  draftSnapshot,
  draftTimestamp,
  LOG_ROLE,
  signTuf,
  type TufDraft,
} from '@onetrip/trust'
import { failpoint } from '../failpoint.ts'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import {
  isUniqueViolation,
  type StorageReader,
  type StorageTransaction,
  transact,
} from '../storage/database.ts'
import type { TufMetadataTable } from '../storage/tuf-schema.ts'
import { assertClockNotAhead } from './clock-doubt.ts'
import { ensureDemoRoot } from './demo-root.ts'
import { currentDenyRole } from './deny-role.ts'
import { forgetReplaced } from './forget-replaced.ts'
import { currentLogRole } from './log-role.ts'
import { currentTargets } from './offline-roles.ts'
import {
  bodyOf,
  type MetadataHead,
  metadataRow,
  newestMetadata,
  newestOfEachRole,
} from './repository-rows.ts'
import { nextHead, type RoleChange, timesOf } from './role-change.ts'
import { changedStatusRoles, STATUS_ROLE_NAMES } from './status-roles.ts'
import { onlineSigner } from './trust-keys.ts'

const DAY_SECONDS = 86_400
/** How often a verifier learns that nothing has changed. */
export const TIMESTAMP_AGAIN_SECONDS = 300
/** How soon the rest follows where a publication could not do everything. */
const REST_AGAIN_SECONDS = 15
const TIMESTAMP_LIFE_SECONDS = DAY_SECONDS
const SNAPSHOT_LIFE_SECONDS = 7 * DAY_SECONDS
const MAX_ATTEMPTS = 8
/** Says in `made_of` that something was left for the next publication. */
const REST = ' and a rest'
/** What a snapshot lists (TUF §4.4). */
export const LISTED_ROLES: readonly string[] = [
  'targets',
  DENY_ROLE,
  LOG_ROLE,
  ...STATUS_ROLE_NAMES,
]

/**
 * Brings the repository up to date and answers its timestamp; two small reads when it is. Where it cannot be brought up
 * to date, the last good timestamp, and the log and `/readyz` say so. Throws `trust/unavailable` while nobody has brought
 * root and targets, and what hinders publishing while there is no timestamp yet.
 */
export async function publishRepository(services: Services): Promise<TufMetadataTable> {
  for (let attempt = 1; ; attempt += 1) {
    const revision = await readRevision(services.storage)
    const timestamp = await newestMetadata(services.storage, 'timestamp')
    if (timestamp !== undefined) {
      if (isCurrent(services, timestamp, revision)) return timestamp
      // Other processes publish all the time: what they published is good.
      if (attempt > MAX_ATTEMPTS) return timestamp
      if (services.publicationFaults.recent('repository', services.now()) !== undefined) {
        return timestamp
      }
    }
    const isDone = await inTurn(services, () => tryToPublish(services, { revision, timestamp }))
    if (!isDone) await sleep(10 * attempt)
  }
}

interface Revision {
  /** Counts what people sign for. */
  readonly offline: number
  /** Counts all that the repository is made of, as a text that changes with it. */
  readonly text: string
}

/** Read before the content, so never newer than it. */
async function readRevision(reader: StorageReader): Promise<Revision> {
  const { offline, online } = await reader
    .selectFrom(['trust_revision', 'online_revision'])
    .select(['trust_revision.revision as offline', 'online_revision.revision as online'])
    .executeTakeFirstOrThrow()
  return { offline, text: `${offline}/${online}` }
}

function isCurrent(services: Services, timestamp: MetadataHead, { text }: Revision): boolean {
  const ageSeconds = services.now() - timestamp.signed_at
  if (timestamp.made_of === text) return ageSeconds < TIMESTAMP_AGAIN_SECONDS
  return timestamp.made_of === text + REST && ageSeconds < REST_AGAIN_SECONDS
}

/** Publications that are running, one of each process: whoever comes meanwhile waits and looks again. */
const running = new WeakMap<Services, Promise<boolean>>()

function inTurn(services: Services, work: () => Promise<boolean>): Promise<boolean> {
  const before = running.get(services)
  if (before !== undefined) return before
  const mine = work().finally(() => running.delete(services))
  running.set(services, mine)
  return mine
}

interface Before {
  readonly revision: Revision
  readonly timestamp: MetadataHead | undefined
}

/** Verifiers go on with the last good repository where this one cannot be published. */
async function tryToPublish(services: Services, before: Before): Promise<boolean> {
  try {
    services.publicationFaults.clear('repository')
    return await publishOnce(services, before)
  } catch (error) {
    if (before.timestamp === undefined) throw error
    report(services, error)
    return true
  }
}

function report(services: Services, error: unknown): void {
  const code = error instanceof Fault ? error.code : 'http/internal'
  services.publicationFaults.add({ list: 'repository', code }, services.now())
  services.log('trust/not-published', { code })
}

/** Answers false when another process has published in the meantime. */
async function publishOnce(services: Services, { revision, timestamp }: Before): Promise<boolean> {
  await assertClockNotAhead(services)
  await ensureDemoRoot(services)
  const targets = await currentTargets(services, revision.offline)
  if (targets === undefined) throw fault('trust/unavailable')
  const kept = await newestOfEachRole(services.storage, LISTED_ROLES)
  const statuses = await changedStatusRoles(services, kept)
  const denials = await orNone(services, () => currentDenyRole(services, kept.get(DENY_ROLE)))
  const anchors = await orNone(services, () => currentLogRole(services, kept.get(LOG_ROLE)))
  const changes = [...targets.changes, ...denials, ...anchors, ...statuses.changes]
  const heads = new Map(kept).set('targets', targets.head)
  for (const { row } of changes) heads.set(row.role, row)
  const snapshot = await currentSnapshot(services, heads)
  const madeOf = statuses.isComplete ? revision.text : revision.text + REST
  const stamped = await newTimestamp(services, { snapshot, timestamp, madeOf })
  failpoint(services.config, 'publish/after-sign')
  try {
    const isKept = await transact(services.storage, async (transaction) => {
      // Root or targets may have been brought since, and with them other keys.
      if ((await readRevision(transaction)).offline !== revision.offline) return false
      for (const { row, save } of changes) {
        await transaction.insertInto('tuf_metadata').values(row).execute()
        await save(transaction)
      }
      await recordPublication(services, transaction, changes)
      if (snapshot.isNew)
        await transaction.insertInto('tuf_metadata').values(snapshot.row).execute()
      // Whoever began after the same timestamp is refused here: one history, whatever the number of processes.
      await transaction.insertInto('tuf_metadata').values(stamped).execute()
      await forgetReplaced(transaction, { newest: stamped, roles: LISTED_ROLES })
      failpoint(services.config, 'publish/before-commit')
      return true
    })
    if (isKept) failpoint(services.config, 'publish/after-commit')
    return isKept
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Snapshot and timestamp follow from the roles; an entry for the role that tells of the log would have it signed anew for ever. */
async function recordPublication(
  services: Services,
  transaction: StorageTransaction,
  changes: readonly RoleChange[],
): Promise<void> {
  const told = changes.filter(({ row }) => row.role !== LOG_ROLE)
  if (told.length === 0) return
  const facts = told.map(({ row }) => [row.role, `${row.version} ${row.sha256}`] as const)
  const act = { act: 'trust/publish', facts: Object.fromEntries(facts) }
  await recordAct(services, transaction, act)
}

/** What cannot be published (`deny-list/full`, `record/damaged`) leaves the last good version, and stops nothing else. */
async function orNone(
  services: Services,
  change: () => Promise<readonly RoleChange[]>,
): Promise<readonly RoleChange[]> {
  try {
    return await change()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    report(services, error)
    return []
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
  const listed = [...heads.values()]
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
    readonly madeOf: string
  },
): Promise<TufMetadataTable> {
  const { snapshot, timestamp, madeOf } = options
  const life = TIMESTAMP_LIFE_SECONDS
  const now = services.now()
  const head = nextHead({ role: 'timestamp', before: timestamp, madeOf, now, life })
  const draft = draftTimestamp({
    ...timesOf(head),
    snapshot: describeMetadata(bodyOf(snapshot.row)),
  })
  return metadataRow(head, await signAs(services, 'timestamp', draft))
}

async function signAs(
  services: Services,
  role: 'snapshot' | 'timestamp',
  draft: TufDraft,
): Promise<Uint8Array> {
  return signTuf(draft, [await onlineSigner(services, role)])
}
