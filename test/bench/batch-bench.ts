/**
 * What a batch of 20,000 takes for each licence, tried and issued, beside the two raw signatures that a holder's copies of one will cost.
 * Medians of turns that take alike, as everywhere: what else the machine does is neither's.
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
const RAW_OF_TRIAL = 4_000
const RAW_OF_CHUNK = 400
const RAW_BYTES = 1000

/** Microseconds a row, and those of two signatures in the turns between. */
interface Times {
  readonly microseconds: number
  readonly rawMicroseconds: number
}

/** Tries, requests, approves and issues one batch. */
export async function benchBatch(): Promise<readonly BenchResult[]> {
  const world = await openWorld()
  try {
    const rows = Array.from({ length: ROWS }, (_, at) => batchRow(`B${at}`))
    const trial = await trialTimes(world, batchFile(rows))
    const batch = await requestRows(world, rows)
    const { status } = await approve(world, await approver(world), batch)
    if (status !== 200) throw new Error(`approve: ${status}`)
    const issue = await issueTimes(world, batch.id)
    return [
      { name: `try a row of ${ROWS}`, ...trial, aim: 1.5 },
      { name: `issue a licence of a batch of ${ROWS}`, ...issue, aim: 5 },
    ]
  } finally {
    await world.close()
  }
}

async function trialTimes(world: World, file: Buffer): Promise<Times> {
  const times: number[] = []
  const rawTimes: number[] = []
  const raw = rawWork()
  for (let turn = 0; turn < TRIALS; turn += 1) {
    rawTimes.push(await raw(RAW_OF_TRIAL))
    const time = await timed(async () => {
      const response = await sendFile(world, '/trial', file)
      const { rows }: { rows: number } = await response.json()
      if (rows !== ROWS) throw new Error(`tried: ${rows}`)
    })
    times.push(time / ROWS)
  }
  return { microseconds: median(times), rawMicroseconds: median(rawTimes) }
}

/** Of the transactions of a hundred rows or so, the middle one. */
async function issueTimes({ services }: World, batchId: string): Promise<Times> {
  const times: number[] = []
  const rawTimes: number[] = []
  const raw = rawWork()
  for (let isMore = true; isMore; ) {
    const time = await timed(async () => {
      isMore = await issueChunk(services, batchId)
    })
    if (isMore) times.push(time)
    rawTimes.push(await raw(RAW_OF_CHUNK))
  }
  const { count } = await services.storage
    .selectFrom('batch_row')
    .select((row) => row.fn.count<number>('licence_id').as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) !== ROWS) throw new Error(`issued: ${count}`)
  const microseconds = (median(times) * times.length) / ROWS
  return { microseconds, rawMicroseconds: median(rawTimes) }
}

/** Makes two signatures so many times, and tells the microseconds of two. */
function rawWork(): (rounds: number) => Promise<number> {
  const [cbor, jws] = [
    generateKeyPairSync('ed25519').privateKey,
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ]
  const bytes = new Uint8Array(RAW_BYTES)
  return async (rounds) => {
    const time = await timed(async () => {
      for (let round = 0; round < rounds; round += 1) {
        sign(null, bytes, cbor)
        sign('sha256', bytes, jws)
      }
    })
    return time / rounds
  }
}
