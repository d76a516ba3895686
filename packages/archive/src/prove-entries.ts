/**
 * What proves a package without the server: the log's entries about its subject, each with a path to a checkpoint, and the entry that was made
 * of the package itself. That one commits to the list of all that is kept, so whoever makes another package needs the log's key and its
 * witnesses; its time is the package's.
 */
import { equalBytes, fault, sha256, sha256Base64url, toHex, utf8Decode } from '@onetrip/codec'
import {
  type ActEntry,
  type Fact,
  leafHash,
  openProofFile,
  parseEntry,
  parseProofFile,
  readOpening,
  readUnverifiedCheckpoint,
} from '@onetrip/log'
import type { OpenedLog, Trust } from '@onetrip/trust'
import { type BagFiles, MANIFEST } from './bag.ts'
import { type ArchiveContents, entryFiles } from './contents.ts'

/** What the act of packing is called in the log, by what is packed. */
export const PACKAGE_ACTS: Readonly<Record<ArchiveContents['subject']['kind'], string>> = {
  case: 'case/package',
  licence: 'licence/package',
}

/** Where a package stands in a log. */
export interface ArchivePlace {
  /** The log's name. */
  readonly log: string
  readonly index: number
  /** Entries of the log at the checkpoint. */
  readonly size: number
  /** How many witnesses that the trust data name cosigned the checkpoint, and how many it takes. */
  readonly witnesses: number
  readonly quorum: number
}

/** An entry that stands in the log. */
interface ProvenEntry {
  readonly leaf: Uint8Array
  readonly place: ArchivePlace
  readonly bytes: Uint8Array
}

/**
 * Proves that the agency packed just these files, and when. Throws `archive/unproven` where nothing says so, `archive/altered` where it says so
 * of other files, and what {@link proveEntry} throws.
 */
export async function provePackage(
  files: BagFiles,
  { contents, trust }: { readonly contents: ArchiveContents; readonly trust: Pick<Trust, 'logs'> },
): Promise<{ readonly place: ArchivePlace; readonly at: number }> {
  const { place, bytes } = await proveEntry(files, 'package', trust)
  const entry = parseEntry(bytes)
  if (entry.kind !== 'act') throw fault('archive/unproven')
  const facts = openedFacts(files, entry, 'package')
  const { subject, agency } = contents
  const isIts =
    entry.act === PACKAGE_ACTS[subject.kind] &&
    entry.agency === agency &&
    facts.get(subject.kind) === subject.id &&
    facts.get('files') === sha256Base64url(utf8Decode(files.get(MANIFEST) ?? new Uint8Array()))
  if (!isIts) throw fault('archive/altered')
  return { place, at: entry.at }
}

/**
 * Proves every entry that the contents name, and where something opens one, that it does; answers their leaf hashes, in hexadecimal. Throws as
 * {@link proveEntry}.
 */
export async function proveEntries(
  files: BagFiles,
  { contents, trust }: { readonly contents: ArchiveContents; readonly trust: Pick<Trust, 'logs'> },
): Promise<ReadonlySet<string>> {
  const leaves = new Set<string>()
  for (const index of contents.entries) {
    const { leaf, place, bytes } = await proveEntry(files, index, trust)
    if (place.index !== index) throw fault('archive/altered')
    const entry = parseEntry(bytes)
    // A server that was put back from a backup has entries whose openings were lost.
    const isOpened = entry.kind === 'act' && files.has(entryFiles(index).opening)
    if (isOpened) openedFacts(files, entry, index)
    leaves.add(toHex(leaf))
  }
  return leaves
}

/**
 * Proves one entry. Throws `archive/unproven` where its files are missing, `log/other-log` for a log that the trust data do not name, and what
 * `openProofFile` throws.
 */
async function proveEntry(
  files: BagFiles,
  index: number | 'package',
  trust: Pick<Trust, 'logs'>,
): Promise<ProvenEntry> {
  const names = entryFiles(index)
  const [bytes, file] = [files.get(names.entry), files.get(names.proof)]
  if (bytes === undefined || file === undefined) throw fault('archive/unproven')
  const log = logOf(file, trust)
  const leaf = leafHash(bytes)
  const policy = { log: log.key, witnesses: log.witnesses, threshold: 0 }
  const { proof, checkpoint } = await openProofFile(file, leaf, policy)
  const place = {
    log: log.name,
    index: proof.index,
    size: proof.size,
    witnesses: checkpoint.cosigned.length,
    quorum: log.quorum,
  }
  return { leaf, place, bytes }
}

function logOf(proofFile: Uint8Array, trust: Pick<Trust, 'logs'>): OpenedLog {
  const { origin } = readUnverifiedCheckpoint(parseProofFile(proofFile).checkpoint)
  const log = trust.logs.find(({ name }) => name === origin)
  if (log === undefined) throw fault('log/other-log')
  return log
}

function openedFacts(
  files: BagFiles,
  { commitment }: ActEntry,
  index: number | 'package',
): ReadonlyMap<string, Fact> {
  const opening = files.get(entryFiles(index).opening)
  if (opening === undefined) throw fault('archive/unproven')
  if (!equalBytes(sha256(opening), commitment)) throw fault('archive/altered')
  return readOpening(opening)
}
