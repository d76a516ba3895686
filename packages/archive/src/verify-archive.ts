/**
 * A package by itself, years later: whole and unaltered, packed by whom and when by the log, and each licence and sealed file in it genuine as of
 * then. It takes no network and no server: the trust data of that day lie in it, and count from a root that the caller brings.
 */
import { type ErrorCode, Fault, fault, sha256, toHex, utf8Decode } from '@onetrip/codec'
import { parsePresentation } from '@onetrip/credential'
import { encodeEntry, leafHash } from '@onetrip/log'
import { impressionEntry, parseSealFile } from '@onetrip/seal'
import { openPack, packInMemory, type Trust } from '@onetrip/trust'
import { isWorse, type Outcome, verifyDocument, verifyIssued } from '@onetrip/verifier'
import { type BagFiles, decodeBag } from './bag.ts'
import {
  type ArchiveContents,
  type ArchiveItem,
  CONTENTS,
  type CredentialItem,
  parseContents,
  type SealedItem,
  TRUST_PACK,
} from './contents.ts'
import { type ArchivePlace, proveEntries, provePackage } from './prove-entries.ts'
import { assertTagFiles } from './tag-files.ts'

/** What a package is verified with. */
export interface ArchiveOptions {
  /** Root metadata of when it was packed, or earlier. */
  readonly initialRoot: Uint8Array
  /** The environment that the trust data have to be of; left out, their own. */
  readonly environment?: string
}

/** What became of one file. */
export interface ItemVerdict {
  readonly file: string
  readonly kind: ArchiveItem['kind']
  readonly outcome: Outcome
  readonly reason?: ErrorCode
}

/** The verdict on a package: the worst of all that it rests on. */
export interface ArchiveVerdict {
  readonly outcome: Outcome
  readonly reason?: ErrorCode
  /** Absent where the package could not be read. */
  readonly contents?: Pick<ArchiveContents, 'agency' | 'subject'>
  /** When it was packed, by the log; absent where nothing proves it. */
  readonly packedAt?: number
  readonly place?: ArchivePlace
  /** Files of the bag. */
  readonly files?: number
  /** Entries of the log about its subject that are proven. */
  readonly entries?: number
  readonly items: readonly ItemVerdict[]
}

/** Areas and codes of what cannot be said; everything else about a package is a no. */
const GREY: readonly string[] = [
  'archive/limit',
  'archive/unproven',
  'log/other-log',
  'pack/',
  'trust/',
]
/** Enough to say who packed it and when; of two histories of that log it could be the one that nobody saw. */
const UNSEEN = { outcome: 'caution', reason: 'receipt/unwitnessed' } as const

/** Verifies a package. Any bytes give a verdict. */
export async function verifyArchive(
  bytes: Uint8Array,
  options: ArchiveOptions,
): Promise<ArchiveVerdict> {
  try {
    const files = decodeBag(bytes)
    const contents = parseContents(fileIn(files, CONTENTS))
    return await judge(files, { contents, options })
  } catch (error) {
    return { ...refused(codeOf(error)), items: [] }
  }
}

async function judge(
  files: BagFiles,
  { contents, options }: { readonly contents: ArchiveContents; readonly options: ArchiveOptions },
): Promise<ArchiveVerdict> {
  const { agency, subject } = contents
  const known = { contents: { agency, subject }, files: files.size }
  try {
    assertTagFiles(files, contents)
    const source = packInMemory(fileIn(files, TRUST_PACK))
    const trust = await openPack({ source, ...options })
    const { place, at } = await provePackage(files, { contents, trust })
    const leaves = await proveEntries(files, { contents, trust })
    const items: ItemVerdict[] = []
    for (const item of contents.items) {
      items.push(await judgeItem(files, item, { trust, now: at, leaves }))
    }
    const isSeen = place.witnesses >= place.quorum
    const parts = isSeen ? items : [UNSEEN, ...items]
    return { ...worstOf(parts), ...known, packedAt: at, place, entries: leaves.size, items }
  } catch (error) {
    return { ...refused(codeOf(error)), ...known, items: [] }
  }
}

interface Judging {
  readonly trust: Trust
  readonly now: number
  /** Of proven entries, hexadecimal. */
  readonly leaves: ReadonlySet<string>
}

async function judgeItem(files: BagFiles, item: ArchiveItem, by: Judging): Promise<ItemVerdict> {
  const named = { file: item.file, kind: item.kind }
  try {
    const judged =
      item.kind === 'sealed'
        ? await judgeSealed(files, item, by)
        : await judgeCredential(files, item, by)
    return { ...named, ...judged }
  } catch (error) {
    return { ...named, ...refused(codeOf(error)) }
  }
}

interface Judged {
  readonly outcome: Outcome
  readonly reason?: ErrorCode
}

async function judgeSealed(
  files: BagFiles,
  { file, seal, mediaType }: SealedItem,
  { trust, now, leaves }: Judging,
): Promise<Judged> {
  const [bytes, sealFile] = [fileIn(files, file), fileIn(files, seal)]
  const facts = { sha256: sha256(bytes), length: bytes.length, mediaType }
  const verdict = await verifyDocument(
    { file: facts, sealFile },
    { trust, now, accept: ['document'] },
  )
  const { outcome, reason } = verdict
  if (outcome === 'invalid') return told(outcome, reason)
  const uses = parseSealFile(sealFile).impressions.map(({ bytes: { cose } }) => cose)
  for (const use of uses) assertLogged(leafHash(encodeEntry(impressionEntry(use))), leaves)
  return told(outcome, reason)
}

async function judgeCredential(
  files: BagFiles,
  { file, form }: CredentialItem,
  { trust, now, leaves }: Judging,
): Promise<Judged> {
  const bytes = fileIn(files, file)
  const credential = form === 'sd-jwt' ? utf8Decode(bytes) : bytes
  const { outcome, reason } = await verifyIssued({ credential, trust, now })
  if (outcome !== 'invalid') assertLogged(parsePresentation(credential).leaf(), leaves)
  return told(outcome, reason)
}

/** What was signed stands in the log, or somebody else signed it. */
function assertLogged(leaf: Uint8Array, leaves: ReadonlySet<string>): void {
  if (!leaves.has(toHex(leaf))) throw fault('archive/unproven')
}

function told(outcome: Outcome, reason: ErrorCode | undefined): Judged {
  return { outcome, ...(reason === undefined ? {} : { reason }) }
}

function refused(code: ErrorCode): Judged {
  const isGrey = GREY.some(
    (known) => code === known || (known.endsWith('/') && code.startsWith(known)),
  )
  return { outcome: isGrey ? 'unverifiable' : 'invalid', reason: code }
}

function worstOf(judged: readonly Judged[]): Judged {
  let worst: Judged = { outcome: 'valid' }
  for (const { outcome, reason } of judged) {
    if (isWorse(outcome, worst.outcome)) worst = told(outcome, reason)
  }
  return worst
}

function fileIn(files: BagFiles, path: string): Uint8Array {
  const bytes = files.get(path)
  if (bytes === undefined) throw fault('archive/incomplete')
  return bytes
}

/** The code of a `Fault`; anything else is a fault of our own. */
function codeOf(error: unknown): ErrorCode {
  if (error instanceof Fault) return error.code
  throw error
}
