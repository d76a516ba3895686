/**
 * Cosignatures for the record's newest checkpoint, gathered in the background: nothing waits for a witness. One that fails is left
 * alone for a while; how late each is shows in `/readyz`.
 */
import { Fault, fault, utf8Encode } from '@onetrip/codec'
import {
  formatVerifierKey,
  proveConsistency,
  rangesOfConsistency,
  type WitnessService,
} from '@onetrip/log'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { withLease } from '../storage/lease.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { askWitness, type WitnessAnswer } from './ask-witness.ts'
import { lastCosigned } from './cosigned-note.ts'
import { newestCheckpoint } from './integrate.ts'
import { nodeReader } from './stored-tiles.ts'

const FIRST_PAUSE_SECONDS = 2
const LONGEST_PAUSE_SECONDS = 300
/** Longer than two questions may take. */
const LEASE_SECONDS = 60

/** When a witness that failed is asked again. */
interface Pause {
  readonly seconds: number
  readonly until: number
}

/** Gathers for one server process. */
export interface Gatherer {
  /** Asks each configured witness that has not cosigned the newest checkpoint, at the same time; never rejects. */
  readonly gather: () => Promise<void>
}

/** Makes a gatherer; `stopped` ends what it waits for. */
export function createGatherer(services: Services, stopped: AbortSignal): Gatherer {
  const { config, log, now } = services
  const pauses = new Map<string, Pause>()
  const ask = async (witness: WitnessService, checkpoint: LogCheckpointTable): Promise<void> => {
    const { name } = witness.key
    const pause = pauses.get(name)
    if (pause !== undefined && now() < pause.until) return
    try {
      await gatherFrom(services, witness, { checkpoint, stopped })
      pauses.delete(name)
    } catch (error) {
      if (stopped.aborted) return
      const longer = pause === undefined ? FIRST_PAUSE_SECONDS : 2 * pause.seconds
      const seconds = Math.min(longer, LONGEST_PAUSE_SECONDS)
      pauses.set(name, { seconds, until: now() + seconds })
      const code = error instanceof Fault ? error.code : 'unexpected'
      log('record/not-cosigned', { witness: name, size: checkpoint.size, code })
    }
  }
  return {
    gather: async () => {
      if (config.witnesses.length === 0) return
      const checkpoint = await newestCheckpoint(services).catch(() => undefined)
      if (checkpoint === undefined) return
      await Promise.all(config.witnesses.map((witness) => ask(witness, checkpoint)))
    },
  }
}

/** Asks unless another process is asking. Throws `log/shrunk` where the witness saw more of this log than there is: rows were taken back. */
async function gatherFrom(
  services: Services,
  witness: WitnessService,
  {
    checkpoint,
    stopped,
  }: { readonly checkpoint: LogCheckpointTable; readonly stopped: AbortSignal },
): Promise<void> {
  const name = formatVerifierKey(witness.key)
  if ((await lastCosigned(services, name)) >= checkpoint.size) return
  await withLease(services, {
    name: `cosign/${name}`,
    seconds: LEASE_SECONDS,
    work: () => askAndKeep(services, witness, { checkpoint, stopped }),
  })
}

async function askAndKeep(
  services: Services,
  witness: WitnessService,
  {
    checkpoint,
    stopped,
  }: { readonly checkpoint: LogCheckpointTable; readonly stopped: AbortSignal },
): Promise<void> {
  const name = formatVerifierKey(witness.key)
  const last = await lastCosigned(services, name)
  if (last >= checkpoint.size) return
  const askFrom = async (oldSize: number): Promise<WitnessAnswer> => {
    const path = await consistencyPath(services, oldSize, checkpoint.size)
    const note = utf8Encode(checkpoint.note)
    return askWitness(witness, { oldSize, path, checkpoint: note }, stopped)
  }
  let answer = await askFrom(last)
  // It saw more than it told us, or another process asked it.
  if (answer.kind === 'saw' && answer.size <= checkpoint.size) answer = await askFrom(answer.size)
  if (answer.kind === 'cosigned') {
    const { line, time } = answer
    await keep(services, { size: checkpoint.size, witness: name, line, at: time })
    return
  }
  const newest = await newestCheckpoint(services)
  if (answer.size > (newest?.size ?? 0)) throw fault('log/shrunk')
}

async function consistencyPath(
  { storage }: Services,
  size1: number,
  size2: number,
): Promise<readonly Uint8Array[]> {
  const read = await nodeReader(storage, rangesOfConsistency(size1, size2), size2)
  return proveConsistency(size1, size2, read).path
}

function keep(
  { storage }: Services,
  row: {
    readonly size: number
    readonly witness: string
    readonly line: string
    readonly at: number
  },
): Promise<void> {
  return transact(storage, async (transaction) => {
    await transaction
      .insertInto('log_cosignature')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}
