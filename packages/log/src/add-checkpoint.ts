/**
 * What a witness is asked (C2SP tlog-witness §add-checkpoint): the size of the log that it saw last, the proof that the log only grew
 * since, and the checkpoint that it is to cosign.
 */
import { fault, utf8Decode, utf8Encode } from '@onetrip/codec'
import { fromBase64, toBase64 } from './base64.ts'
import { HASH_BYTES } from './hashing.ts'
import { MAX_NOTE_BYTES } from './note.ts'
import { parseCount } from './numbers.ts'

/** Most lines of a proof. */
const MAX_PROOF_LINES = 63
const PROOF_LINE_BYTES = 45
/** Longest request that is read. */
export const MAX_ADD_CHECKPOINT_BYTES: number =
  MAX_NOTE_BYTES + (MAX_PROOF_LINES + 1) * PROOF_LINE_BYTES
/** Media type of the size that a witness saw last, which it answers to one that it did not. */
export const TREE_SIZE_TYPE = 'text/x.tlog.size'

/** A request. */
export interface AddCheckpoint {
  /** Size of the checkpoint that the witness saw last; 0 where it saw none. */
  readonly oldSize: number
  /** Consistency proof from there to the checkpoint; 32 bytes each. */
  readonly path: readonly Uint8Array[]
  /** A signed note. */
  readonly checkpoint: Uint8Array
}

/** Writes the body of a request. */
export function formatAddCheckpoint({ oldSize, path, checkpoint }: AddCheckpoint): Uint8Array {
  const lines = [`old ${oldSize}`, ...path.map(toBase64), '', utf8Decode(checkpoint)]
  return utf8Encode(lines.join('\n'))
}

/** Reads the body of a request, whose note nobody has looked at. Throws `checkpoint/format`. */
export function parseAddCheckpoint(bytes: Uint8Array): AddCheckpoint {
  if (bytes.length > MAX_ADD_CHECKPOINT_BYTES) throw fault('checkpoint/format')
  const text = decodeText(bytes)
  const end = text.indexOf('\n\n')
  const [old = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\n')
  const oldSize = old.startsWith('old ') ? parseCount(old.slice(4)) : undefined
  if (oldSize === undefined || lines.length > MAX_PROOF_LINES) throw fault('checkpoint/format')
  return { oldSize, path: lines.map(decodeHash), checkpoint: utf8Encode(text.slice(end + 2)) }
}

/** Writes the size that a witness saw last. */
export function formatTreeSize(size: number): string {
  return `${size}\n`
}

/** Reads what {@link formatTreeSize} writes; `undefined` for any other text. */
export function parseTreeSize(text: string): number | undefined {
  return text.endsWith('\n') ? parseCount(text.slice(0, -1)) : undefined
}

function decodeHash(line: string): Uint8Array {
  try {
    const hash = fromBase64(line)
    if (hash.length === HASH_BYTES) return hash
  } catch {}
  throw fault('checkpoint/format')
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8Decode(bytes)
  } catch {
    throw fault('checkpoint/format')
  }
}
