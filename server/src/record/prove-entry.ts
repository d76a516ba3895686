/**
 * Where an entry stands in the record: its path to a checkpoint that the log signed (RFC 9162 §2.1.3). An entry is found by its leaf's
 * hash, and a path is made of the tiles on its way, so the cost does not grow with the record.
 */
import { equalBytes, fault, fromBase64url } from '@onetrip/codec'
import {
  type InclusionProof,
  proveInclusion,
  rangesOfInclusion,
  rootOfInclusion,
  signReceipt,
} from '@onetrip/log'
import type { Services } from '../services.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { newestCheckpoint, recordOrigin, recordSigner } from './integrate.ts'
import { nodeReader } from './stored-tiles.ts'

/** An entry's leaf hash (base64url), and the size of the checkpoint that it is proven by; the newest one where none is named. */
export interface ProofRequest {
  readonly leaf: string
  readonly size?: number
}

/** That an entry stands in the record, and by which checkpoint. */
export interface EntryProof {
  readonly proof: InclusionProof
  /** 32 bytes. */
  readonly root: Uint8Array
  readonly checkpoint: LogCheckpointTable
}

/**
 * Proves an entry. Throws `log/no-entry` while no such checkpoint covers one with this hash; `record/damaged` where the path does not
 * lead to what was signed.
 */
export async function proveEntry(services: Services, request: ProofRequest): Promise<EntryProof> {
  const { storage } = services
  const { leaf, size } = request
  const checkpoint =
    size === undefined ? await newestCheckpoint(services) : await checkpointOf(services, size)
  const entry = await storage
    .selectFrom('log_entry')
    .select('idx')
    .where('leaf', '=', leaf)
    .executeTakeFirst()
  if (checkpoint === undefined || entry === undefined || entry.idx >= checkpoint.size) {
    throw fault('log/no-entry')
  }
  const ranges = rangesOfInclusion(entry.idx, checkpoint.size)
  const read = await nodeReader(storage, ranges, checkpoint.size)
  const proof = proveInclusion(entry.idx, checkpoint.size, read)
  const root = rootOfInclusion(fromBase64url(leaf), proof)
  if (!equalBytes(root, fromBase64url(checkpoint.root))) throw fault('record/damaged')
  return { proof, root, checkpoint }
}

/** The COSE receipt of an entry (RFC 9942 §5.2), under the record's key. Throws as {@link proveEntry}. */
export async function receiptOf(services: Services, request: ProofRequest): Promise<Uint8Array> {
  const { proof, root } = await proveEntry(services, request)
  return signReceipt({ proof, root, log: recordOrigin(services), signer: recordSigner(services) })
}

function checkpointOf(
  { storage }: Services,
  size: number,
): Promise<LogCheckpointTable | undefined> {
  return storage
    .selectFrom('log_checkpoint')
    .selectAll()
    .where('size', '=', size)
    .executeTakeFirst()
}
