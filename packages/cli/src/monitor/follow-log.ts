/**
 * Following a log from outside: whatever it has more than before is fetched, and has to lead from the root that was kept to the one
 * that it signs today. Nothing of the new entries is believed before.
 */
import { equalBytes, fault } from '@onetrip/codec'
import {
  bundleOfEntry,
  type Checkpoint,
  decodeBundle,
  type FetchTile,
  type LogEntry,
  leafHash,
  openCheckpoint,
  parseEntry,
  RunningRoot,
  TILE_WIDTH,
  tilePath,
  type VerifierKey,
} from '@onetrip/log'

/** How far a log was followed. */
export interface Followed {
  /** The signed note, which {@link hashes} lead to. */
  readonly note: Uint8Array
  readonly checkpoint: Checkpoint
  /** Of the complete subtrees that the log is made of ({@link RunningRoot}). */
  readonly hashes: readonly Uint8Array[]
}

/** An entry that came since. */
export interface NewEntry {
  readonly index: number
  /** Its leaf hash. */
  readonly leaf: Uint8Array
  readonly entry: LogEntry
}

/**
 * Follows a log from `kept`, or from its first entry, to `note`. `onEntry` gets each further entry that is one of ours, in order. Throws
 * `log/shrunk`, `log/other-root`, `log/tile`; what `fetchFile` and `openCheckpoint` throw.
 */
export async function followLog(options: {
  readonly log: VerifierKey
  readonly note: Uint8Array
  readonly kept: Followed | undefined
  readonly fetchFile: FetchTile
  readonly onEntry: (entry: NewEntry) => void
  readonly onProgress?: (done: number, total: number) => void
}): Promise<Followed> {
  const { log, note, kept, fetchFile, onEntry, onProgress } = options
  const checkpoint = await openCheckpoint(note, { log, witnesses: [], threshold: 0 })
  const start = kept?.checkpoint.size ?? 0
  if (checkpoint.size < start) {
    throw fault('log/shrunk', `${start} entries before, ${checkpoint.size} today`)
  }
  const running = RunningRoot.from(start, kept?.hashes ?? [])
  while (running.size < checkpoint.size) {
    const bundle = bundleOfEntry(running.size, checkpoint.size)
    const path = tilePath(bundle)
    const entries = decodeBundle(await fetchFile(path), bundle.width)
    for (const bytes of entries.slice(running.size % TILE_WIDTH)) {
      const leaf = leafHash(bytes)
      const entry = readEntry(bytes)
      if (entry !== undefined) onEntry({ index: running.size, leaf, entry })
      running.add(leaf)
    }
    onProgress?.(running.size - start, checkpoint.size - start)
  }
  if (!equalBytes(running.root(), checkpoint.root)) {
    const words = `entries ${start} to ${checkpoint.size} do not lead to the signed root`
    throw fault('log/other-root', words)
  }
  return { note, checkpoint, hashes: running.hashes() }
}

/** A kept note and hashes. Throws what `openCheckpoint` throws, and `log/proof` where the hashes do not lead to it. */
export async function keptBy(
  log: VerifierKey,
  { note, hashes }: Pick<Followed, 'note' | 'hashes'>,
): Promise<Followed> {
  const checkpoint = await openCheckpoint(note, { log, witnesses: [], threshold: 0 })
  const { size, root } = checkpoint
  if (!equalBytes(RunningRoot.from(size, hashes).root(), root)) throw fault('log/proof')
  return { note, checkpoint, hashes }
}

function readEntry(bytes: Uint8Array): LogEntry | undefined {
  try {
    return parseEntry(bytes)
  } catch {
    return undefined
  }
}
