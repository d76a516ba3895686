/**
 * What was published after the backup is replayed, all of it in one transaction, and only then may a server be opened: the log goes on from its
 * highest published checkpoint, what was taken back stays so, and whatever was open is closed, for it may have been used since.
 */
import { equalBytes, fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { recordOrigin } from '../record/integrate.ts'
import { RESTORE_ACT } from '../record/replayed-entries.ts'
import { storedHash } from '../record/stored-tiles.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { closeOpen } from './close-open.ts'
import type { PublishedSource } from './published-source.ts'
import { raiseNumbers } from './raise-numbers.ts'
import { type PublishedLog, publishedLog, replayLog } from './replay-log.ts'
import { replayStatuses } from './replay-statuses.ts'
import { publishedTrustData, replayDenials, replayMetadata } from './replay-trust.ts'
import { endPending } from './restore-pending.ts'
import { witnessedLog } from './witnessed-log.ts'

const NAME = 'onetrip restore'

/** What was replayed. */
export interface Replayed {
  /** Entries of the log that the backup lacked, and how many there are. */
  readonly entries: number
  readonly size: number
  /** Indices of status lists that read suspended or revoked because they were published so. */
  readonly statuses: number
  /** Licences that are suspended because nothing of them was valid any more. */
  readonly suspended: number
  readonly denials: number
  /** Acts after the backup that took keys or roles away: whose, the log does not say. */
  readonly takenBack: number
  /** Acts that changed a status after the published lists were made: which one, the log does not say. */
  readonly unpublished: number
  /** Witnesses that were asked for the newest checkpoint they know, and that answered. */
  readonly witnesses: { readonly asked: number; readonly answered: number }
}

const TAKING: ReadonlySet<string> = new Set(['api-key/revoke', 'staff/revoke', 'staff/end'])
const CHANGING: ReadonlySet<string> = new Set([
  'licence/status',
  'licence/withdraw',
  'licence/withdraw-copy',
  'seal/suspend',
  'seal/cancel',
  'seal/change',
])

/**
 * Replays it. Throws `restore/log-behind` where less of the log is there than was published anywhere in it or than a witness saw, `restore/other-log`,
 * `restore/trust-behind`, and what verifying the published data throws; nothing is changed then, and no server opens.
 */
export async function replayPublished(
  services: Services,
  source: PublishedSource,
): Promise<Replayed> {
  const published = await publishedLog(services, source)
  const data = await publishedTrustData(services, source)
  const own = data.trust.logs.find(({ name }) => name === recordOrigin(services))
  const witnessed = await witnessedLog(services)
  const known = [...(own?.sizes ?? []), ...witnessed.seen.map(({ size }) => size)]
  if (known.some((size) => size > published.size)) throw fault('restore/log-behind')
  return transact(services.storage, async (transaction) => {
    const { from, size, entries } = await replayLog(services, transaction, { published, source })
    for (const seen of witnessed.seen) await assertSame(transaction, seen)
    const actorId = services.newId()
    await transaction
      .insertInto('actor')
      .values({ id: actorId, name: NAME, kind: 'system' })
      .execute()
    // First, so that an audit knows which entries have lost what opened them before it meets an act that follows.
    await recordAct(services, transaction, {
      act: RESTORE_ACT,
      actor: actorId,
      facts: { from, size },
    })
    await raiseNumbers(transaction, entries)
    await replayMetadata(services, transaction, data)
    const denials = await replayDenials(services, transaction, { files: data.files, actorId })
    const isBehind = entries.length > 0
    const statuses = await replayStatuses(services, transaction, {
      trust: data.trust,
      isBehind,
      actorId,
    })
    if (isBehind) await closeOpen(services, transaction, actorId)
    await endPending(transaction)
    const acts = entries.filter((entry) => entry.kind === 'act')
    const { signedAt } = data.trust
    return {
      entries: entries.length,
      size,
      statuses: statuses.kept,
      suspended: statuses.suspended,
      denials,
      takenBack: acts.filter(({ act }) => TAKING.has(act)).length,
      unpublished: acts.filter(({ act, at }) => CHANGING.has(act) && at > signedAt).length,
      witnesses: { asked: witnessed.asked, answered: witnessed.seen.length },
    }
  })
}

/** Throws `restore/other-log` where the log is not the one that a witness saw. */
async function assertSame(
  transaction: StorageTransaction,
  { size, root }: PublishedLog,
): Promise<void> {
  if (size === 0) return
  const own = await storedHash(transaction, { start: 0, end: size }, size)
  if (!equalBytes(own, root)) throw fault('restore/other-log')
}
