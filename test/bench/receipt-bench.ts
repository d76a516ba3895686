/** Live codes with receipts of one log of a million entries, and the trust data that name it; invented but for the entries that are shown. */
import { sha256, sigStructure, utf8Decode, utf8Encode } from '@onetrip/codec'
import {
  formatVerifierKey,
  hashOfRange,
  nodeHash,
  type ReadNode,
  rangesOfInclusion,
  readReceipt,
  rootOfInclusion,
  signCheckpoint,
  signReceipt,
  verifierKey,
} from '@onetrip/log'
import {
  CHECKPOINTS_KIND,
  type OpenedLog,
  openLogs,
  parseCheckpoints,
  parseLogs,
} from '@onetrip/trust'
import { seededSigner } from '../vectors/vector-cast.ts'
import { loadedKey, type RawSignature } from './verify-bench.ts'

const LOG = { name: 'log.onetrip.example/record', signer: seededSigner('log') }
const SIZE = 1_000_000
const ENTRY = {
  vkey: formatVerifierKey(verifierKey(LOG.name, 'note', LOG.signer.publicKey)),
  notBefore: 0,
  notAfter: 4_000_000_000,
  witnesses: [],
  quorum: 0,
}

/** Read once, as trust data are: what a verifier has prepared of the key stays. */
const LOGS = parseLogs([ENTRY])

/** A receipt, and its raw signature. */
export interface BenchReceipt {
  readonly bytes: Uint8Array
  readonly raw: RawSignature
}

/** The receipts of the log's first entries, which these are, all under one root; their number is a power of two. */
export async function receiptsOf(leaves: readonly Uint8Array[]): Promise<readonly BenchReceipt[]> {
  const key = loadedKey(LOG.signer.publicKey)
  return Promise.all(
    leaves.map(async (leaf, index) => {
      const proof = { index, size: SIZE, path: pathIn(leaves, index) }
      const root = rootOfInclusion(leaf, proof)
      const bytes = await signReceipt({ proof, root, log: LOG.name, signer: LOG.signer })
      const { protectedBytes, signature } = readReceipt(bytes).sign1
      return {
        bytes,
        raw: { key, data: sigStructure({ protectedBytes, payload: root }), signature },
      }
    }),
  )
}

/** The log as trust data name it, that has met no root; with the checkpoint of the receipts' root published, or none. */
export async function benchLogs(of?: {
  readonly leaves: readonly Uint8Array[]
}): Promise<readonly OpenedLog[]> {
  const [leaf] = of?.leaves ?? []
  if (of === undefined || leaf === undefined) return openLogs(LOGS, [])
  const root = rootOfInclusion(leaf, { index: 0, size: SIZE, path: pathIn(of.leaves, 0) })
  const note = await signCheckpoint({ origin: LOG.name, size: SIZE, root }, LOG.signer)
  const checkpoints = [utf8Decode(note)]
  return openLogs(LOGS, parseCheckpoints({ kind: CHECKPOINTS_KIND, format: 1, checkpoints }))
}

function pathIn(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  const read: ReadNode = ({ level, index: at }) => {
    if (level === 0) return leaves[at] ?? new Uint8Array(0)
    const left = read({ level: level - 1, index: 2 * at })
    return nodeHash(left, read({ level: level - 1, index: 2 * at + 1 }))
  }
  return rangesOfInclusion(index, SIZE).map((range) =>
    range.end <= leaves.length ? hashOfRange(range, read) : sha256(utf8Encode(`${range.start}`)),
  )
}
