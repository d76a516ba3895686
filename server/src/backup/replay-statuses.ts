/**
 * What was published as suspended or revoked stays so. Of an index that the backup knows no credential of, it is kept by itself; a licence all of
 * whose credentials were taken back is suspended until its agency says what became of it. Where anything was issued after the backup, every list is
 * closed: which of its indices were given out, nobody can say.
 */
import { STATUS, type StatusList } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import { statusListUri } from '../config.ts'
import { setStatus } from '../licences/change-status.ts'
import type { Services } from '../services.ts'
import { loadStatusRows } from '../status-lists/status-rows.ts'
import type { StorageTransaction } from '../storage/database.ts'
import { type PublishedStatus, replaySeals } from './replay-seals.ts'

/** Numbers of lists follow on each other; one that could not be published may be missing. */
const MAX_GAP = 64
const ROWS = 512
const REASON = '自备份恢复：已公布的状态列表中其凭证均已停用，待发证机关核实'

/** What was found. */
export interface ReplayedStatuses {
  /** Indices that were published as suspended or revoked, and the backup did not say so. */
  readonly kept: number
  /** Licences that are suspended for it. */
  readonly suspended: number
  readonly lists: number
}

/** Replays every published list. */
export async function replayStatuses(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly trust: Trust; readonly isBehind: boolean; readonly actorId: string },
): Promise<ReplayedStatuses> {
  const { trust, isBehind, actorId } = of
  const lists = [
    ...(await knownLists(transaction)),
    ...(await addLists(services, transaction, trust)),
  ]
  let kept = 0
  /** Whether it was published as suspended, or has lost credentials. */
  const touched = new Map<string, boolean>()
  for (const { id, owner, uri } of lists) {
    const published = trust.statusList(owner, uri)?.list
    if (published === undefined) continue
    const missing = await missingRows(transaction, { id, published })
    kept += missing.length
    const known = await rowsAt(transaction, { id, missing })
    const seals = await replaySeals(services, transaction, { listId: id, missing, actorId })
    const isLiftable = ({ idx, status }: PublishedStatus): boolean =>
      seals.has(idx) || (status === STATUS.suspended && known.has(idx))
    // What its owner may lift again is the status of a licence or a seal, and kept nowhere else.
    await keepRows(transaction, { id, missing: missing.filter((row) => !isLiftable(row)) })
    for (const row of missing) {
      const licence = known.get(row.idx)
      if (licence !== undefined) touched.set(licence, touched.get(licence) || isLiftable(row))
    }
  }
  await transaction
    .updateTable('status_list')
    .set((columns) => ({
      revision: columns('revision', '+', 1),
      ...(isBehind ? { used: columns.ref('size') } : {}),
    }))
    .execute()
  let suspended = 0
  for (const [licence, wasSuspended] of touched) {
    const order = { licence, actorId, wasSuspended }
    if (await suspendIfGone(services, transaction, order)) suspended += 1
  }
  return { kept, suspended, lists: lists.length }
}

interface KnownList {
  readonly id: number
  readonly owner: string
  readonly uri: string
}

async function knownLists(transaction: StorageTransaction): Promise<readonly KnownList[]> {
  const rows = await transaction
    .selectFrom('status_list')
    .select(['id', 'agency_id', 'seal_maker_id', 'uri'])
    .execute()
  return rows.map(({ id, agency_id: agency, seal_maker_id: maker, uri }) => ({
    id,
    owner: agency ?? maker ?? '',
    uri,
  }))
}

/** Lists that were opened after the backup; nothing more is given out of them. */
async function addLists(
  services: Services,
  transaction: StorageTransaction,
  trust: Trust,
): Promise<readonly KnownList[]> {
  const { last } = await transaction
    .selectFrom('status_list')
    .select((columns) => columns.fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  const first = Number(last ?? 0) + 1
  const owners = [
    ...trust.agencies.map(({ id }) => ({ agency_id: id, seal_maker_id: null })),
    ...trust.sealMakers.map(({ id }) => ({ agency_id: null, seal_maker_id: id })),
  ]
  const added: KnownList[] = []
  for (let id = first; id < first + added.length + MAX_GAP; id += 1) {
    const uri = statusListUri(services.config, id)
    for (const whose of owners) {
      const owner = whose.agency_id ?? whose.seal_maker_id ?? ''
      const list = trust.statusList(owner, uri)?.list
      if (list === undefined) continue
      const { size } = list
      await transaction
        .insertInto('status_list')
        .values({ id, ...whose, uri, size, used: size, revision: 1 })
        .execute()
      added.push({ id, owner, uri })
      break
    }
  }
  return added
}

/** What is published as not valid, and less so here; of two the stronger counts, and nothing is stronger than revoked. */
async function missingRows(
  transaction: StorageTransaction,
  { id, published }: { readonly id: number; readonly published: StatusList },
): Promise<readonly PublishedStatus[]> {
  const rows = await loadStatusRows(transaction, id)
  const here = new Map(rows.map(({ idx, status }) => [idx, status]))
  const missing: PublishedStatus[] = []
  for (let idx = 0; idx < published.size; idx += 1) {
    const status = published.get(idx)
    const own = here.get(idx) ?? STATUS.valid
    if (status === STATUS.valid || own === status || own === STATUS.revoked) continue
    missing.push({ idx, status })
  }
  return missing
}

async function keepRows(
  transaction: StorageTransaction,
  { id, missing }: { readonly id: number; readonly missing: readonly PublishedStatus[] },
): Promise<void> {
  for (let at = 0; at < missing.length; at += ROWS) {
    const rows = missing.slice(at, at + ROWS).map((row) => ({ list_id: id, ...row }))
    await transaction
      .insertInto('kept_status')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['list_id', 'idx'])
          .doUpdateSet((columns) => ({ status: columns.ref('excluded.status') })),
      )
      .execute()
  }
}

/** Licences by the indices of their credentials. */
async function rowsAt(
  transaction: StorageTransaction,
  { id, missing }: { readonly id: number; readonly missing: readonly PublishedStatus[] },
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>()
  for (let at = 0; at < missing.length; at += ROWS) {
    const rows = await transaction
      .selectFrom('credential')
      .select(['idx', 'licence_id'])
      .where('list_id', '=', id)
      .where(
        'idx',
        'in',
        missing.slice(at, at + ROWS).map(({ idx }) => idx),
      )
      .execute()
    for (const { idx, licence_id: licence } of rows) found.set(idx, licence)
  }
  return found
}

/** A licence that was published as suspended, or of which nothing is left that reads valid. */
async function suspendIfGone(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly licence: string; readonly actorId: string; readonly wasSuspended: boolean },
): Promise<boolean> {
  const { licence, actorId, wasSuspended } = of
  const row = await transaction
    .selectFrom('licence')
    .select(['id', 'agency_id', 'status'])
    .where('id', '=', licence)
    .executeTakeFirstOrThrow()
  const left = await transaction
    .selectFrom('credential')
    .leftJoin('kept_status', (join) =>
      join
        .onRef('kept_status.list_id', '=', 'credential.list_id')
        .onRef('kept_status.idx', '=', 'credential.idx'),
    )
    .select('credential.id')
    .where('licence_id', '=', licence)
    .where('credential.status', '=', STATUS.valid)
    .where('kept_status.idx', 'is', null)
    .where('credential.state', '=', 'issued')
    .limit(1)
    .executeTakeFirst()
  if (row.status !== 'valid' || (left !== undefined && !wasSuspended)) return false
  const wish = { status: 'suspended', reason: REASON } as const
  await setStatus(services, transaction, { licence: row, actorId, wish })
  return true
}
