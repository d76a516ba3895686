/**
 * What a batch of 20,000 takes for each licence, tried and issued, beside the two raw signatures that a holder's copies of one will cost.
 * Medians of turns, as everywhere: what else the machine does is not ours.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { issueChunk } from '../../server/src/batches/issue-batch.ts'
import {
  approve,
  approver,
  batchFile,
  batchRow,
  requestRows,
  sendFile,
} from '../../server/testing/batch-world.ts'
import { openWorld, type World } from '../../server/testing/test-world.ts'
import { type BenchResult, median, timed } from './measure.ts'

const ROWS = 20_000
const TRIALS = 5
const RAW_ROUNDS = 2_000
const RAW_BYTES = 1000

/** Tries, requests, approves and issues one batch. */
export async function benchBatch(): Promise<readonly BenchResult[]> {
  const world = await openWorld()
  try {
    const rows = Array.from({ length: ROWS }, (_, at) => batchRow(`B${at}`))
    const trial = await trialTime(world, batchFile(rows))
    const batch = await requestRows(world, rows)
    const { status } = await approve(world, await approver(world), batch)
    if (status !== 200) throw new Error(`approve: ${status}`)
    const issue = await issueTime(world, batch.id)
    const rawMicroseconds = await rawSignatures()
    return [
      { name: `try a row of ${ROWS}`, rawMicroseconds, microseconds: trial, aim: 1.5 },
      {
        name: `issue a licence of a batch of ${ROWS}`,
        rawMicroseconds,
        microseconds: issue,
        aim: 5,
      },
    ]
  } finally {
    await world.close()
  }
}

/** Microseconds a row. */
async function trialTime(world: World, file: Buffer): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < TRIALS; turn += 1) {
    const time = await timed(async () => {
      const response = await sendFile(world, '/trial', file)
      const { rows }: { rows: number } = await response.json()
      if (rows !== ROWS) throw new Error(`tried: ${rows}`)
    })
    times.push(time / ROWS)
  }
  return median(times)
}

/** Microseconds a licence: of the transactions of a hundred rows or so, the middle one. */
async function issueTime({ services }: World, batchId: string): Promise<number> {
  const times: number[] = []
  for (let isMore = true; isMore; ) {
    const time = await timed(async () => {
      isMore = await issueChunk(services, batchId)
    })
    if (isMore) times.push(time)
  }
  const { count } = await services.storage
    .selectFrom('batch_row')
    .select((row) => row.fn.count<number>('licence_id').as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) !== ROWS) throw new Error(`issued: ${count}`)
  return (median(times) * times.length) / ROWS
}

async function rawSignatures(): Promise<number> {
  const [cbor, jws] = [
    generateKeyPairSync('ed25519').privateKey,
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ]
  const bytes = new Uint8Array(RAW_BYTES)
  const times: number[] = []
  for (let round = 0; round < RAW_ROUNDS; round += 1) {
    const time = await timed(async () => {
      sign(null, bytes, cbor)
      sign('sha256', bytes, jws)
    })
    times.push(time)
  }
  return median(times)
}
