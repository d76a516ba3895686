/** What issuing a batch of 20,000 takes for each licence, beside the two raw signatures that a holder's copies of it will cost. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { issueBatches } from '../../server/src/batches/keep-batches.ts'
import { approve, approver, batchRow, requestRows } from '../../server/testing/batch-world.ts'
import { openWorld } from '../../server/testing/test-world.ts'
import { type BenchResult, median, timed } from './measure.ts'

const ROWS = 20_000
const RAW_ROUNDS = 2_000
const RAW_BYTES = 1000

/** Requests, approves and issues one batch. */
export async function benchBatch(): Promise<BenchResult> {
  const world = await openWorld()
  try {
    const rows = Array.from({ length: ROWS }, (_, at) => batchRow(`B${at}`))
    const batch = await requestRows(world, rows)
    const { status } = await approve(world, await approver(world), batch)
    if (status !== 200) throw new Error(`approve: ${status}`)
    const microseconds = await timed(() => issueBatches(world.services))
    const { count } = await world.services.storage
      .selectFrom('batch_row')
      .select((row) => row.fn.count<number>('licence_id').as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) !== ROWS) throw new Error(`issued: ${count}`)
    const name = `issue a licence of a batch of ${ROWS}`
    const rawMicroseconds = await rawSignatures()
    return { name, rawMicroseconds, microseconds: microseconds / ROWS, aim: 5 }
  } finally {
    await world.close()
  }
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
