/**
 * Proofs as files (C2SP tlog-proof): the place of an entry, its path, and a checkpoint of the log. What the file says in its
 * line `extra` is signed by nobody, so that it is neither written nor given out.
 */
import { fault, utf8Decode, utf8Encode } from '@onetrip/codec'
import { fromBase64, toBase64 } from './base64.ts'
import { type CheckpointPolicy, type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts'
import { MAX_NOTE_BYTES } from './note.ts'
import { parseCount } from './numbers.ts'
import { assertInclusion, type InclusionProof, MAX_PATH } from './verify-proof.ts'

const HEADER = 'c2sp.org/tlog-proof@v1'
const MAX_FILE_BYTES = MAX_NOTE_BYTES + 16_384

/** A proof before it is checked. */
export interface ProofFile {
  readonly index: number
  readonly path: readonly Uint8Array[]
  /** A signed note. */
  readonly checkpoint: Uint8Array
}

/** Writes a proof's file. */
export function formatProofFile({ index, path, checkpoint }: ProofFile): Uint8Array {
  const lines = [HEADER, `index ${index}`, ...path.map(toBase64), '', utf8Decode(checkpoint)]
  return utf8Encode(lines.join('\n'))
}

/** Reads a proof's file. Throws `log/proof-file`. */
export function parseProofFile(bytes: Uint8Array): ProofFile {
  if (bytes.length > MAX_FILE_BYTES) throw fault('log/proof-file')
  const text = decodeText(bytes)
  const end = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n')
  if (lines[0]?.startsWith('extra ')) lines.shift()
  const [place = '', ...hashes] = lines
  const index = parseCount(place.replace(/^index /, ''))
  if (header !== HEADER || !place.startsWith('index ') || index === undefined) {
    throw fault('log/proof-file')
  }
  if (hashes.length > MAX_PATH) throw fault('log/proof-file')
  return { index, path: hashes.map(decodeHash), checkpoint: utf8Encode(text.slice(end + 2)) }
}

/**
 * Checks that a leaf stands in the log at the file's checkpoint. Throws `log/proof-file`, what `openCheckpoint` throws,
 * `log/proof` and `log/other-root`.
 */
export async function openProofFile(
  bytes: Uint8Array,
  leaf: Uint8Array,
  policy: CheckpointPolicy,
): Promise<{ readonly proof: InclusionProof; readonly checkpoint: OpenedCheckpoint }> {
  const { index, path, checkpoint: note } = parseProofFile(bytes)
  const checkpoint = await openCheckpoint(note, policy)
  const proof = { index, size: checkpoint.size, path }
  assertInclusion(leaf, proof, checkpoint.root)
  return { proof, checkpoint }
}

function decodeHash(line: string): Uint8Array {
  try {
    return fromBase64(line)
  } catch {
    throw fault('log/proof-file')
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8Decode(bytes)
  } catch {
    throw fault('log/proof-file')
  }
}
