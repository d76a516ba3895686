/**
 * From entries to a checkpoint. What an entry's row says is read back and hashed again before anything is signed over it, and the
 * last checkpoint's root has to follow from the rows as they are now; else nothing is signed any more (`record/damaged`).
 */
import {
  equalBytes,
  fault,
  fromBase64url,
  type Signer,
  toBase64url,
  utf8Decode,
} from '@onetrip/codec'
import {
  leafHash,
  type Range,
  signCheckpoint,
  TILE_WIDTH,
  type VerifierKey,
  verifierKey,
} from '@onetrip/log'
import { failpoint } from '../failpoint.ts'
import type { Services } from '../services.ts'
import { isMediumFault, type StorageTransaction, transact } from '../storage/database.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { recordLength } from './append.ts'
import { chainLink } from './checkpoint-chain.ts'
import { storedHash, storedTileHash } from './stored-tiles.ts'

const KEY_NAME = 'record'
/** Entries that are read back at a time. */
const ROWS = 4_096

/** The record's key (Ed25519), which signs its checkpoints and receipts. */
export function recordSigner({ keys }: Pick<Services, 'keys'>): Signer {
  return keys.ensureSigner(KEY_NAME, 'Ed25519')
}

/** The record's name: where it is served, without a scheme (C2SP tlog-checkpoint). */
export function recordOrigin({ config }: Pick<Services, 'config'>): string {
  return `${new URL(config.apiOrigin).host}/log`
}

/** The key that checkpoints are verified with, under the record's name. */
export function recordKey(services: Pick<Services, 'keys' | 'config'>): VerifierKey {
  return verifierKey(recordOrigin(services), 'note', recordSigner(services).publicKey)
}

/** The newest checkpoint, made anew where entries came since. Throws `record/damaged`. */
export async function integrate(services: Services): Promise<LogCheckpointTable> {
  const kept = await newestCheckpoint(services)
  if (kept !== undefined && kept.size === (await recordLength(services.storage))) return kept
  failpoint(services.config, 'record/before-integrate')
  const made = await transact(services.storage, (transaction) =>
    integrateWithin(services, transaction),
  )
  failpoint(services.config, 'record/after-commit')
  return made
}

/** As {@link integrate}, within a transaction that adds entries. */
export async function integrateWithin(
  services: Services,
  transaction: StorageTransaction,
): Promise<LogCheckpointTable> {
  const before = await newestOf(transaction)
  const size = await recordLength(transaction)
  if (before?.size === size) return before
  await assertUnchanged(transaction, before)
  failpoint(services.config, 'record/after-read-back')
  const grown = { before, size }
  await hashNewEntries(transaction, before?.size ?? 0, size)
  failpoint(services.config, 'record/after-hashes')
  const signed = await makeCheckpoint(services, transaction, grown)
  failpoint(services.config, 'record/after-sign')
  await transaction.insertInto('log_checkpoint').values(signed).execute()
  failpoint(services.config, 'record/before-commit')
  return signed
}

/** The newest checkpoint that was signed. */
export function newestCheckpoint(services: Services): Promise<LogCheckpointTable | undefined> {
  return newestOf(services.storage)
}

function newestOf(
  reader: Pick<Services['storage'], 'selectFrom'>,
): Promise<LogCheckpointTable | undefined> {
  return reader
    .selectFrom('log_checkpoint')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function assertUnchanged(
  transaction: StorageTransaction,
  before: LogCheckpointTable | undefined,
): Promise<void> {
  if (before === undefined) return
  const { size, root } = before
  const range = { start: 0, end: size }
  const now = await storedHash(transaction, range, size).catch((error: unknown) => {
    // A database that does not answer has not changed.
    if (isMediumFault(error)) throw error
    return undefined
  })
  if (now === undefined || toBase64url(now) !== root) throw fault('record/damaged')
}

/** Hashes entries again, and keeps the hash of each tile that is full now. */
async function hashNewEntries(
  transaction: StorageTransaction,
  before: number,
  size: number,
): Promise<void> {
  for (let from = before - (before % TILE_WIDTH); from < size; from += ROWS) {
    await assertLeaves(transaction, { start: from, end: Math.min(size, from + ROWS) })
  }
  for (let level = 0, full = size; full >= TILE_WIDTH; level += 1) {
    const had = Math.floor(before / TILE_WIDTH ** (level + 1))
    full = Math.floor(full / TILE_WIDTH)
    for (let index = had; index < full; index += 1) {
      const hash = await storedTileHash(transaction, { level, index, width: TILE_WIDTH })
      await transaction
        .insertInto('log_hash')
        .values({ level: level + 1, idx: index, hash })
        .execute()
    }
  }
}

/** Some entries as they were added, none of them missing. Throws `record/damaged`. */
async function assertLeaves(transaction: StorageTransaction, { start, end }: Range): Promise<void> {
  const rows = await transaction
    .selectFrom('log_entry')
    .select(['idx', 'entry', 'leaf'])
    .where('idx', '>=', start)
    .where('idx', '<', end)
    .orderBy('idx')
    .execute()
  const areSame = rows.every(
    ({ idx, entry, leaf }, at) =>
      idx === start + at && equalBytes(leafHash(fromBase64url(entry)), fromBase64url(leaf)),
  )
  if (!areSame || rows.length !== end - start) throw fault('record/damaged')
}

async function makeCheckpoint(
  services: Services,
  transaction: StorageTransaction,
  grown: { readonly before: LogCheckpointTable | undefined; readonly size: number },
): Promise<LogCheckpointTable> {
  const { before, size } = grown
  const root = await storedHash(transaction, { start: 0, end: size }, size)
  const checkpoint = { origin: recordOrigin(services), size, root }
  const note = await signCheckpoint(checkpoint, recordSigner(services))
  const at = services.now()
  const row = { size, root: toBase64url(root), note: utf8Decode(note), at }
  const latest = Math.max(at, before?.latest_at ?? at)
  return { ...row, latest_at: latest, link: chainLink(services, row, before?.size ?? 0) }
}
