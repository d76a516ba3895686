/**
 * Receipts for all that a log has of some licence types, for counters without a network: the log is walked to its newest checkpoint in the
 * trust data, and one receipt under it is asked for. The others have the same signature, for it is over the root alone, and paths of their own.
 */
import { equalBytes, fault, toBase64url } from '@onetrip/codec'
import {
  encodeEntry,
  type InclusionProof,
  leafHash,
  proveInclusion,
  type Receipt,
  rangesOfInclusion,
  readNodes,
  readReceipt,
  receiptBeside,
  rootOfInclusion,
  type Tile,
  tilePath,
  verifySignedRoot,
  walkLog,
} from '@onetrip/log'
import {
  type Anchor,
  MAX_PACK_RECEIPTS,
  type OpenedLog,
  type PackReceipt,
  type Trust,
} from '@onetrip/trust'
import { logFetcher } from '../log/fetch-log.ts'
import { printable } from '../printable.ts'
import { UsageError } from '../usage.ts'

/** What was found for a pack. */
export interface GatheredReceipts {
  /** In the order of the log. */
  readonly receipts: readonly PackReceipt[]
  /** Entries of these types that a pack has no room for, the oldest. */
  readonly leftOut: number
}

type FetchFile = (path: string) => Promise<Uint8Array>

interface FoundEntry {
  readonly index: number
  readonly leaf: Uint8Array
}

/**
 * Gathers the newest receipts of these types, as many as a pack takes. Throws `UsageError` for a type that the trust data do not know,
 * `log/other-log` where the server's log is none of theirs, `receipt/unwitnessed` where no checkpoint of it counts, the code of a log that is
 * not what its checkpoint says, and `network/*`.
 */
export async function gatherReceipts(options: {
  readonly server: string
  /** Codes of licence types. */
  readonly types: readonly string[]
  readonly trust: Pick<Trust, 'logs' | 'types'>
  readonly onProgress: (done: number, total: number) => void
  /** What a pack takes, unless said. */
  readonly max?: number
}): Promise<GatheredReceipts> {
  const { server, types, trust, onProgress, max = MAX_PACK_RECEIPTS } = options
  const kinds = kindsOf(types, trust)
  const fetchFile = keepingTiles(logFetcher(server))
  const { log, anchor } = await newestAnchor(server, trust.logs)
  const found: FoundEntry[] = []
  const bad = await walkLog({
    checkpoint: anchor,
    fetchTile: fetchFile,
    onEntry: (entry, index) => {
      if (entry?.kind !== 'issuance' || !kinds.has(entry.type)) return
      found.push({ index, leaf: leafHash(encodeEntry(entry)) })
    },
    onProgress,
  })
  if (bad !== undefined) throw fault(bad.code, `at fault: ${bad.file}`)
  const taken = found.slice(-max)
  const [first] = taken
  if (first === undefined) return { receipts: [], leftOut: 0 }
  const model = await modelReceipt(fetchFile, { leaf: first.leaf, log, anchor })
  const receipts: PackReceipt[] = []
  for (const { index, leaf } of taken) {
    const proof = await proofOf(fetchFile, { index, size: anchor.size })
    if (!equalBytes(rootOfInclusion(leaf, proof), anchor.root)) throw fault('log/other-root')
    receipts.push({ leaf, receipt: receiptBeside(model, proof) })
  }
  return { receipts, leftOut: found.length - taken.length }
}

/** What entries call the types, in all their versions: by code in SD-CWT, by address in SD-JWT. */
function kindsOf(types: readonly string[], trust: Pick<Trust, 'types'>): ReadonlySet<string> {
  const kinds = new Set<string>()
  for (const code of types) {
    const known = trust.types.filter(({ typeCode }) => typeCode === code)
    if (known.length === 0) throw new UsageError(`no type ${printable(code)} in the trust data`)
    for (const name of [code, ...known.map(({ vct }) => vct)]) kinds.add(name)
  }
  return kinds
}

/** Tiles are read again for the paths; bundles are not. */
function keepingTiles(fetchFile: FetchFile): FetchFile {
  const kept = new Map<string, Uint8Array>()
  return async (path) => {
    const known = kept.get(path)
    if (known !== undefined) return known
    const bytes = await fetchFile(path)
    if (/^tile\/[0-9]/.test(path)) kept.set(path, bytes)
    return bytes
  }
}

/** The newest checkpoint in the trust data that counts, of the server's own log. */
async function newestAnchor(
  server: string,
  logs: readonly OpenedLog[],
): Promise<{ readonly log: OpenedLog; readonly anchor: Anchor }> {
  const log = logs.find(({ name }) => name === `${new URL(server).host}/log`) ?? onlyOne(logs)
  if (log === undefined) throw fault('log/other-log')
  for (const size of log.sizes.toReversed()) {
    const anchor = await log.anchorAt(size)
    if (anchor !== undefined) return { log, anchor }
  }
  throw fault('receipt/unwitnessed')
}

/** A server may be reached by another name than its log's. */
function onlyOne(logs: readonly OpenedLog[]): OpenedLog | undefined {
  return logs.length === 1 ? logs[0] : undefined
}

async function modelReceipt(
  fetchFile: FetchFile,
  of: { readonly leaf: Uint8Array; readonly log: OpenedLog; readonly anchor: Anchor },
): Promise<Receipt> {
  const { leaf, log, anchor } = of
  const bytes = await fetchFile(`receipts/${toBase64url(leaf)}?size=${anchor.size}`)
  const receipt = readReceipt(bytes)
  if (receipt.log !== log.name) throw fault('log/other-log')
  const root = rootOfInclusion(leaf, receipt.proof)
  if (!equalBytes(root, anchor.root)) throw fault('log/other-root')
  await verifySignedRoot(receipt, root, log.key)
  return receipt
}

async function proofOf(
  fetchFile: FetchFile,
  { index, size }: { readonly index: number; readonly size: number },
): Promise<InclusionProof> {
  const ranges = rangesOfInclusion(index, size)
  const readTile = (tile: Tile): Promise<Uint8Array> => fetchFile(tilePath(tile))
  return proveInclusion(index, size, await readNodes({ ranges, size, readTile }))
}
