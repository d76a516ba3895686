/**
 * What the database says of one list, its packed bits, and the check that the bits say the same: a list
 * that revokes everybody, or nobody, is not published (case ST13).
 */
import { fault, type PublicKey } from '@onetrip/codec'
import {
  decodeStatusList,
  LIST_BITS,
  newStatusBits,
  openStatusList,
  SENTINEL_INDEX,
  STATUS,
  setStatus,
} from '@onetrip/status'
import type { StorageReader } from '../storage/database.ts'

/** One entry that is not valid. */
export interface StatusRow {
  readonly idx: number
  readonly status: number
}

/** Packs a list of `size` entries, 2 bits each, in which all but `rows` are valid. */
export type StatusBuilder = (size: number, rows: readonly StatusRow[]) => Uint8Array

/** The entries of list `listId` that are not valid; read from an index that holds no others. */
export async function loadStatusRows(
  reader: StorageReader,
  listId: number,
): Promise<readonly StatusRow[]> {
  // Written out, not bound: SQLite takes a partial index only for a condition it can read.
  const credentials = await reader
    .selectFrom('credential')
    .select(['idx', 'status'])
    .where('list_id', '=', listId)
    .where((column) => column('status', '!=', column.lit(0)))
    .execute()
  const seals = await reader
    .selectFrom('seal')
    .select(['idx', 'status'])
    .where('list_id', '=', listId)
    .where((column) => column('status', '!=', column.lit(0)))
    .execute()
  const kept = await reader
    .selectFrom('kept_status')
    .select(['idx', 'status'])
    .where('list_id', '=', listId)
    .execute()
  const own = [
    ...credentials,
    ...seals.flatMap(({ idx, status }) => (idx === null ? [] : [{ idx, status }])),
  ]
  return kept.length === 0 ? own : strongest([...own, ...kept])
}

/** Of what is said of one index revoked counts, whatever else is said. */
function strongest(rows: readonly StatusRow[]): readonly StatusRow[] {
  const byIndex = new Map<number, StatusRow>()
  for (const row of rows) {
    if (byIndex.get(row.idx)?.status !== STATUS.revoked) byIndex.set(row.idx, row)
  }
  return [...byIndex.values()]
}

/** Packs the bits of a list. */
export const buildStatuses: StatusBuilder = (size, rows) => {
  const statuses = newStatusBits(size, LIST_BITS)
  for (const row of rows) setStatus({ statuses, bits: LIST_BITS, index: row.idx }, row.status)
  return statuses
}

/**
 * Opens signed bytes as a verifier does and compares them with the database. Throws status/sentinel where
 * the entry that is never given out does not read valid, or an entry of `rows` reads otherwise.
 */
export async function assertReadsAsStored(options: {
  readonly token: Uint8Array | string
  readonly key: PublicKey
  readonly size: number
  readonly rows: readonly StatusRow[]
}): Promise<void> {
  const { token, key, size, rows } = options
  const list = await openStatusList(decodeStatusList(token), key)
  const isRight =
    list.size === size &&
    list.get(SENTINEL_INDEX) === STATUS.valid &&
    rows.every((row) => list.get(row.idx) === row.status)
  if (!isRight) throw fault('status/sentinel')
}
