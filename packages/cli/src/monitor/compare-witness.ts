/**
 * Whether a log shows its monitor what it showed a witness: what the witness cosigned last has to be a beginning of what the log shows
 * today. So a log that shows different people different histories is found by whoever looks at both.
 */
import { Fault, fault, sha256, toHex, utf8Encode } from '@onetrip/codec'
import {
  assertConsistency,
  type Checkpoint,
  type FetchTile,
  openCheckpoint,
  proveConsistency,
  rangesOfConsistency,
  readNodes,
  tilePath,
  type VerifierKey,
  type WitnessService,
} from '@onetrip/log'
import { fetchCapped } from '../log/fetch-log.ts'

/** What a witness cosigned last. */
export interface Cosigned extends Checkpoint {
  readonly note: Uint8Array
}

/** Asks a witness; undefined where it has nothing, or nothing that holds, or is not there. */
export async function askWitness(
  { key, url }: WitnessService,
  log: VerifierKey,
): Promise<Cosigned | undefined> {
  const hash = toHex(sha256(utf8Encode(log.name)))
  try {
    const note = await fetchCapped(new URL(`${url}/${hash}/checkpoint`))
    return { note, ...(await openCheckpoint(note, { log, witnesses: [key], threshold: 1 })) }
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/**
 * Compares what a witness cosigned with a later checkpoint of the log. Throws `log/shrunk` where the log shows less than the witness
 * saw, `log/other-root` where it shows something else; what `fetchFile` throws.
 */
export async function assertSameHistory(
  cosigned: Cosigned,
  shown: Checkpoint,
  fetchFile: FetchTile,
): Promise<void> {
  const { size: size1, root } = cosigned
  const { size: size2 } = shown
  if (size1 > size2) {
    throw fault('log/shrunk', `a witness saw ${size1} entries, ${size2} are shown`)
  }
  try {
    const ranges = rangesOfConsistency(size1, size2)
    const readTile = (tile: Parameters<typeof tilePath>[0]) => fetchFile(tilePath(tile))
    const read = await readNodes({ ranges, size: size2, readTile })
    assertConsistency(proveConsistency(size1, size2, read), root, shown.root)
  } catch (error) {
    if (!(error instanceof Fault) || !error.code.startsWith('log/')) throw error
    throw fault('log/other-root', `a witness saw another history of ${size1} entries`)
  }
}
