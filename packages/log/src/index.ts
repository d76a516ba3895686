/** The append-only record: Merkle tree, tiles, notes, checkpoints, receipts (RFC 9162, RFC 9942, C2SP tlog-tiles). */
export {
  type AddCheckpoint,
  formatAddCheckpoint,
  formatTreeSize,
  MAX_ADD_CHECKPOINT_BYTES,
  parseAddCheckpoint,
  parseTreeSize,
  TREE_SIZE_TYPE,
} from './add-checkpoint.ts'
export {
  type Checkpoint,
  type CheckpointPolicy,
  checkpointText,
  type OpenedCheckpoint,
  openCheckpoint,
  readUnverifiedCheckpoint,
  signCheckpoint,
} from './checkpoint.ts'
export { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash } from './hashing.ts'
export {
  type ActEntry,
  type Commitment,
  commitTo,
  digestOfJwt,
  digestOfSign1,
  encodeEntry,
  type Fact,
  type ImpressionEntry,
  type IssuanceEntry,
  type LogEntry,
  parseEntry,
  readOpening,
  SALT_BYTES,
} from './log-entry.ts'
export {
  addSignatures,
  cosign,
  MAX_NOTE_BYTES,
  type Note,
  type NoteSignature,
  type NoteSigner,
  openNote,
  signatureLines,
  signNote,
} from './note.ts'
export { formatProofFile, openProofFile, type ProofFile, parseProofFile } from './proof-file.ts'
export { readNodes } from './read-nodes.ts'
export {
  MAX_RECEIPT_BYTES,
  openReceipt,
  type Receipt,
  readReceipt,
  receiptBeside,
  signReceipt,
  verifySignedRoot,
} from './receipt.ts'
export { RunningRoot } from './running-root.ts'
export {
  bundleOfEntry,
  decodeBundle,
  encodeBundle,
  hashOfTile,
  MAX_ENTRY_BYTES,
  nodeFromTile,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
  tileOfNode,
  tilePath,
  tilesSince,
} from './tiles.ts'
export {
  hashOfRange,
  nodesOfRange,
  proveConsistency,
  proveInclusion,
  type Range,
  type ReadNode,
  rangesOfConsistency,
  rangesOfInclusion,
  type TreeNode,
} from './tree.ts'
export {
  formatVerifierKey,
  isKeyName,
  type NoteKeyKind,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
} from './verifier-key.ts'
export {
  assertConsistency,
  assertInclusion,
  type ConsistencyProof,
  type InclusionProof,
  MAX_PATH,
  rootOfInclusion,
} from './verify-proof.ts'
export { type FetchTile, type LogFault, type Walk, walkLog } from './walk-log.ts'
export { MAX_WITNESSES, parseWitnessList, type WitnessService } from './witness-list.ts'
