/** What a running server does for batches without being asked: it issues those that are approved, each in one process at a time. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@onetrip/codec'
import { repeatEachSecond } from '../repeat-each-second.ts'
import type { Services } from '../services.ts'
import { withLease } from '../storage/lease.ts'
import { issueChunk } from './issue-batch.ts'

/** A process that dies keeps the others from its batch for this long; a turn is far shorter, so that no lease ends within one. */
const LEASE_SECONDS = 10
const TURN_MILLISECONDS = 2000
/** Between two transactions, so that whoever else writes comes in. */
const PAUSE_MILLISECONDS = 5

/** The running work. */
export interface BatchKeeper {
  /** Ends it behind the rows it is at; resolves when nothing of it runs any more. */
  readonly close: () => Promise<void>
}

/** Issues approved batches until it is closed. */
export function keepBatches(services: Services): BatchKeeper {
  const over = new AbortController()
  const stop = repeatEachSecond(async () => {
    try {
      await issueBatches(services, over.signal)
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'unexpected'
      services.log('batch/not-issued', { code })
    }
  })
  return {
    close: async () => {
      over.abort()
      await stop()
    },
  }
}

/** Issues what is approved, and returns when nothing waits but what other processes are at. */
export async function issueBatches(
  services: Services,
  over: AbortSignal = new AbortController().signal,
): Promise<void> {
  const batches = await services.storage
    .selectFrom('batch')
    .select('id')
    .where('state', '=', 'approved')
    .orderBy('decided_at')
    .execute()
  for (const { id } of batches) {
    let isMore = true
    while (isMore && !over.aborted) {
      isMore = false
      await withLease(services, {
        name: `batch/${id}`,
        seconds: LEASE_SECONDS,
        work: async () => {
          isMore = await issueForATurn(services, id, over)
        },
      })
    }
  }
}

/** Answers whether more rows may wait. */
async function issueForATurn(
  services: Services,
  batchId: string,
  over: AbortSignal,
): Promise<boolean> {
  const end = performance.now() + TURN_MILLISECONDS
  while (!over.aborted && performance.now() < end) {
    if (!(await issueChunk(services, batchId))) return false
    await sleep(PAUSE_MILLISECONDS)
  }
  return true
}
