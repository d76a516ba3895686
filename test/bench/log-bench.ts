/**
 * What the record costs: entries in a batch beside plain inserts through the same layer; an act, a checkpoint and a receipt in a
 * short record beside the same in one of a million entries; and the bytes of proofs by the record's length (RFC 9162 §2.1.3).
 */
import { signerFromPrivateJwk } from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import {
  formatProofFile,
  HASH_BYTES,
  rangesOfInclusion,
  signCheckpoint,
  signReceipt,
} from '@onetrip/log'
import { type LongRecord, openLongRecord } from '../../server/testing/long-record.ts'
import { type BenchResult, inTurns } from './measure.ts'

const BATCH = 200
const BATCH_ROUNDS = 12
const LENGTHS = { short: 1_000, long: 1_000_000 } as const
/** Per entry: three plain rows are the aim. */
const BATCH_AIM = 3
/** Levels of tiles and of the database's own trees are more, their number is not. */
const LENGTH_AIM = 1.5

/** Bytes of the proofs of one entry. */
export interface ProofSize {
  readonly entries: number
  /** Hashes on the path. */
  readonly hashes: number
  readonly receiptBytes: number
  readonly fileBytes: number
}

/** Measures batches, and the long record beside the short one. */
export async function benchLog(): Promise<readonly BenchResult[]> {
  const [short, long] = [await openLongRecord(), await openLongRecord()]
  try {
    await fillTo(short, LENGTHS.short)
    await fillTo(long, LENGTHS.long)
    return [
      await batches('an act in a batch beside a plain insert', short, () => short.act(BATCH)),
      await batches('a credential (two entries) in a batch beside two plain inserts', short, () =>
        short.issue(BATCH / 2),
      ),
      await grown('an act in a batch', { short, long }, (record) => record.act(BATCH)),
      await grown('an act and its checkpoint', { short, long }, async (record) => {
        await record.act(1)
        await record.integrate()
      }),
      await grown('a receipt', { short, long }, async (record) => {
        await record.receipt(Math.floor(LENGTHS.short / 3))
      }),
    ]
  } finally {
    await short.close()
    await long.close()
  }
}

/** What proofs of the last entry but one weigh, computed: no log of this length is made. */
export async function proofSizes(): Promise<readonly ProofSize[]> {
  const signer = signerFromPrivateJwk({ ...testKeys.root })
  const log = 'log.example/log'
  const sizes: ProofSize[] = []
  for (const size of [1_000, 1_000_000, 100_000_000]) {
    // One of the longest paths: the tree's last entries have shorter ones.
    const index = 1
    const path = rangesOfInclusion(index, size).map((_, at) => new Uint8Array(HASH_BYTES).fill(at))
    const root = new Uint8Array(HASH_BYTES)
    const receipt = await signReceipt({ proof: { index, size, path }, root, log, signer })
    const checkpoint = await signCheckpoint({ origin: log, size, root }, signer)
    const file = formatProofFile({ index, path, checkpoint })
    sizes.push({
      entries: size,
      hashes: path.length,
      receiptBytes: receipt.length,
      fileBytes: file.length,
    })
  }
  return sizes
}

async function fillTo(record: LongRecord, length: number): Promise<void> {
  await record.fill(length - (await record.length()))
  await record.integrate()
}

function batches(
  name: string,
  record: LongRecord,
  ours: () => Promise<void>,
): Promise<BenchResult> {
  const raw = (): Promise<void> => record.plain(BATCH)
  return inTurns(`${name}, ${BATCH} in a transaction`, BATCH_AIM, {
    raw,
    ours,
    rounds: BATCH_ROUNDS,
  })
}

function grown(
  name: string,
  { short, long }: { readonly short: LongRecord; readonly long: LongRecord },
  work: (record: LongRecord) => Promise<void>,
): Promise<BenchResult> {
  return inTurns(
    `${name}, in a record of ${LENGTHS.long} entries beside one of ${LENGTHS.short}`,
    LENGTH_AIM,
    { raw: () => work(short), ours: () => work(long), rounds: BATCH_ROUNDS },
  )
}
