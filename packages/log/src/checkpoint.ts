/**
 * Checkpoints (C2SP tlog-checkpoint): how long a log is and what its root is, as a note that the log signs and witnesses cosign.
 */
import { fault, type Signer } from '@onetrip/codec'
import { fromBase64, toBase64 } from './base64.ts'
import { HASH_BYTES } from './hashing.ts'
import { type NoteSignature, openNote, signNote, unverifiedText } from './note.ts'
import { parseCount } from './numbers.ts'
import type { VerifierKey } from './verifier-key.ts'

/** What a checkpoint says. */
export interface Checkpoint {
  /** The log's name, which is its key's. */
  readonly origin: string
  /** Entries. */
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** Whose signatures make a checkpoint good. */
export interface CheckpointPolicy {
  readonly log: VerifierKey
  readonly witnesses: readonly VerifierKey[]
  /** How many of the witnesses must have cosigned. */
  readonly threshold: number
}

/** A checkpoint that satisfies a policy. */
export interface OpenedCheckpoint extends Checkpoint {
  /** The witnesses that cosigned, and when. */
  readonly cosigned: readonly NoteSignature[]
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** Signs a checkpoint as its log; the origin is the key's name. */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): Promise<Uint8Array> {
  return signNote(checkpointText(checkpoint), { name: checkpoint.origin, signer })
}

/**
 * Opens a checkpoint by a policy. Throws what `openNote` throws; `checkpoint/format`; `checkpoint/origin` for another log's;
 * `checkpoint/witnesses` where too few have cosigned. Lines of extensions are passed over.
 */
export async function openCheckpoint(
  bytes: Uint8Array,
  policy: CheckpointPolicy,
): Promise<OpenedCheckpoint> {
  const { log, witnesses, threshold } = policy
  const { text, signatures } = await openNote(bytes, [log, ...witnesses])
  const checkpoint = parseCheckpointText(text)
  if (checkpoint.origin !== log.name) throw fault('checkpoint/origin')
  if (!signatures.some(({ key }) => key === log)) throw fault('note/unsigned')
  const cosigned = signatures.filter(({ key }) => key !== log)
  if (cosigned.length < threshold) throw fault('checkpoint/witnesses')
  return { ...checkpoint, cosigned }
}

/** What a checkpoint says before anybody looked at its signatures. Throws `note/format`, `checkpoint/format`. */
export function readUnverifiedCheckpoint(bytes: Uint8Array): Checkpoint {
  return parseCheckpointText(unverifiedText(bytes))
}

function parseCheckpointText(text: string): Checkpoint {
  const [origin = '', count = '', encoded = '', ...rest] = text.split('\n')
  const size = parseCount(count)
  const root = decodeRoot(encoded)
  // Lines of extensions, none of them empty, and what is behind the last line feed.
  if (origin === '' || size === undefined || rest.indexOf('') !== rest.length - 1) {
    throw fault('checkpoint/format')
  }
  return { origin, size, root }
}

function decodeRoot(encoded: string): Uint8Array {
  try {
    const root = fromBase64(encoded)
    if (root.length === HASH_BYTES) return root
  } catch {}
  throw fault('checkpoint/format')
}
