/**
 * What was published after the backup is replayed, all of it in one transaction, and only then may a server be opened: the log goes on from its
 * highest published checkpoint, what was taken back stays so, and whatever was open is closed, for it may have been used since.
 */
import { fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { recordOrigin } from '../record/integrate.ts'
import { RESTORE_ACT } from '../record/replayed-entries.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { PublishedSource } from './published-source.ts'
import { raiseNumbers } from './raise-numbers.ts'
import { publishedLog, replayLog } from './replay-log.ts'
import { replayStatuses } from './replay-statuses.ts'
import { publishedTrustData, replayDenials, replayMetadata } from './replay-trust.ts'
import { endPending } from './restore-pending.ts'

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
}

/**
 * Replays it. Throws `restore/log-behind` where less of the log is there than was published anywhere in it, `restore/other-log`,
 * `restore/trust-behind`, and what verifying the published data throws; nothing is changed then, and no server opens.
 */
export async function replayPublished(
  services: Services,
  source: PublishedSource,
): Promise<Replayed> {
  const published = await publishedLog(services, source)
  const data = await publishedTrustData(services, source)
  const own = data.trust.logs.find(({ name }) => name === recordOrigin(services))
  if ((own?.sizes.at(-1) ?? 0) > published.size) throw fault('restore/log-behind')
  return transact(services.storage, async (transaction) => {
    const { from, size, entries } = await replayLog(services, transaction, { published, source })
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
    if (isBehind) await closeOpen(services, transaction)
    await endPending(transaction)
    const taking = ['api-key/revoke', 'staff/revoke', 'staff/end']
    return {
      entries: entries.length,
      size,
      statuses: statuses.kept,
      suspended: statuses.suspended,
      denials,
      takenBack: entries.filter((entry) => entry.kind === 'act' && taking.includes(entry.act))
        .length,
    }
  })
}

/** Sessions, tokens, offers, approvals and batches that were used up or ended after the backup would count a second time. */
async function closeOpen(services: Services, transaction: StorageTransaction): Promise<void> {
  for (const table of [
    'access_token',
    'session',
    'staff_session',
    'sign_in',
    'sign_in_code',
  ] as const) {
    await transaction.deleteFrom(table).execute()
  }
  await transaction
    .updateTable('offer')
    .set({ state: 'withdrawn' })
    .where('state', '=', 'open')
    .execute()
  await transaction
    .updateTable('seal_use')
    .set({ good_until: services.now() - 1 })
    .where('state', 'in', ['requested', 'approved'])
    .where('good_until', '>=', services.now())
    .execute()
}
