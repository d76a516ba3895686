/**
 * What witnesses have seen of the log: whoever gives a mirror may give an old one, and a log that went on from there would be two. One that does
 * not answer says nothing, and is counted.
 */
import { Fault, sha256, toHex, utf8Encode } from '@onetrip/codec'
import { openCheckpoint, type WitnessService } from '@onetrip/log'
import { readCapped } from '../http/read-capped.ts'
import { recordKey, recordOrigin } from '../record/integrate.ts'
import type { Services } from '../services.ts'
import type { PublishedLog } from './replay-log.ts'

const DEADLINE_MILLISECONDS = 10_000
const MAX_NOTE_BYTES = 65_536

/** What they say. */
export interface WitnessedLog {
  readonly asked: number
  /** The newest checkpoint that each of those who answered has cosigned. */
  readonly seen: readonly PublishedLog[]
}

/** Asks every configured witness. */
export async function witnessedLog(services: Services): Promise<WitnessedLog> {
  const { witnesses } = services.config
  const answers = await Promise.all(witnesses.map((witness) => lastSeen(services, witness)))
  return { asked: witnesses.length, seen: answers.filter((answer) => answer !== undefined) }
}

async function lastSeen(
  services: Services,
  { key, url }: WitnessService,
): Promise<PublishedLog | undefined> {
  const hash = toHex(sha256(utf8Encode(recordOrigin(services))))
  const note = await fetchNote(`${url}/${hash}/checkpoint`)
  if (note === undefined) return undefined
  try {
    const policy = { log: recordKey(services), witnesses: [key], threshold: 1 }
    return await openCheckpoint(note, policy)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

async function fetchNote(address: string): Promise<Uint8Array | undefined> {
  try {
    const signal = AbortSignal.timeout(DEADLINE_MILLISECONDS)
    const response = await fetch(address, { redirect: 'error', credentials: 'omit', signal })
    if (response.status !== 200 || response.body === null) return undefined
    return await readCapped(response.body, MAX_NOTE_BYTES)
  } catch {
    return undefined
  }
}
