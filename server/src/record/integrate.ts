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
  hashOfTile,
  leafHash,
  signCheckpoint,
  TILE_WIDTH,
  type VerifierKey,
  verifierKey,
} from '@onetrip/log'
import { failpoint } from '../failpoint.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { recordLength } from './append.ts'
import { storedHash, storedTile } from './stored-tiles.ts'

const KEY_NAME = 'record'

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
  return transact(services.storage, async (transaction) => {
    const before = await newestOf(transaction)
    const size = await recordLength(transaction)
    if (before?.size === size) return before
    await assertUnchanged(transaction, before)
    await hashNewEntries(transaction, before?.size ?? 0, size)
    failpoint(services.config, 'record/after-hashes')
    const made = await makeCheckpoint(services, transaction, size)
    await transaction.insertInto('log_checkpoint').values(made).execute()
    failpoint(services.config, 'record/before-commit')
    return made
  })
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
  const now = await storedHash(transaction, range, size).catch(() => undefined)
  if (now === undefined || toBase64url(now) !== root) throw fault('record/damaged')
}

/** Hashes entries again, and keeps the hash of each tile that is full now. */
async function hashNewEntries(
  transaction: StorageTransaction,
  before: number,
  size: number,
): Promise<void> {
  const first = before - (before % TILE_WIDTH)
  const rows = await transaction
    .selectFrom('log_entry')
    .select(['idx', 'entry', 'leaf'])
    .where('idx', '>=', first)
    .where('idx', '<', size)
    .orderBy('idx')
    .execute()
  for (const [at, { idx, entry, leaf }] of rows.entries()) {
    const isSame = equalBytes(leafHash(fromBase64url(entry)), fromBase64url(leaf))
    if (idx !== first + at || !isSame) throw fault('record/damaged')
  }
  for (let level = 0, full = size; full >= TILE_WIDTH; level += 1) {
    const had = Math.floor(before / TILE_WIDTH ** (level + 1))
    full = Math.floor(full / TILE_WIDTH)
    for (let index = had; index < full; index += 1) {
      const tile = await storedTile(transaction, { level, index, width: TILE_WIDTH })
      const hash = toBase64url(hashOfTile(tile))
      await transaction
        .insertInto('log_hash')
        .values({ level: level + 1, idx: index, hash })
        .execute()
    }
  }
}

async function makeCheckpoint(
  services: Services,
  transaction: StorageTransaction,
  size: number,
): Promise<LogCheckpointTable> {
  const root = await storedHash(transaction, { start: 0, end: size }, size)
  const checkpoint = { origin: recordOrigin(services), size, root }
  const note = await signCheckpoint(checkpoint, recordSigner(services))
  return { size, root: toBase64url(root), note: utf8Decode(note), at: services.now() }
}
