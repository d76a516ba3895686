/** The tables of the record (transparency log); rows are added, and never changed or removed: triggers refuse it. */

/** An entry, at its index from 0 without a gap. */
export interface LogEntryTable {
  idx: number
  /** base64url of CBOR */
  entry: string
  /** Its leaf hash, base64url. */
  leaf: string
  at: number
}

/** What opens the commitment of an act. */
export interface LogFactTable {
  idx: number
  /** base64url of CBOR */
  opening: string
}

/** A word under which an entry is found. */
export interface LogWordTable {
  word: string
  idx: number
}

/** The hash of 256^level entries, which a tile of that level holds; level 1 and up. */
export interface LogHashTable {
  level: number
  idx: number
  /** base64url */
  hash: string
}

/** A checkpoint as the log signed it. */
export interface LogCheckpointTable {
  size: number
  /** Root, base64url. */
  root: string
  /** The signed note. */
  note: string
  at: number
  /** The latest `at` of this one and all before it: later than `at` where the clock was set back. */
  latest_at: number
  /** Holds time and the one before: see `record/checkpoint-chain.ts`. */
  link: string
}

/** What a witness added to a checkpoint. */
export interface LogCosignatureTable {
  size: number
  /** The witness's verifier key, as text. */
  witness: string
  /** Its line of the note, with the line feed. */
  line: string
  /** When the witness says that it saw the checkpoint. */
  at: number
}
