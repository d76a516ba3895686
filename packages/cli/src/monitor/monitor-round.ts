/** One look at a log: follow it, compare it with what witnesses saw, and review what is new in an agency's name. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FetchTile, VerifierKey, WitnessService } from '@onetrip/log'
import type { Openings } from './agency-facts.ts'
import { askWitness, assertSameHistory } from './compare-witness.ts'
import { followLog, type NewEntry } from './follow-log.ts'
import type { MonitorState } from './monitor-state.ts'
import { type Alert, concerns, NO_MEMORY, reviewEntries, type Watch } from './review-entries.ts'

/** What a monitor looks at. */
export interface Monitored {
  readonly log: VerifierKey
  readonly fetchFile: FetchTile
  readonly witnesses: readonly WitnessService[]
  /** Absent where nobody's entries are looked at. */
  readonly watch?: Watch
  /** Reads the expected list, anew each time. */
  readonly readExpected?: () => Promise<ReadonlySet<string>>
  /** Reads what stands behind entries from an index on. */
  readonly readOpenings?: (from: number) => Promise<Openings>
  /** How long a system may take to write down what it expects. */
  readonly settleMilliseconds: number
}

/** What came of it. */
export interface Round {
  readonly state: MonitorState
  readonly alerts: readonly Alert[]
  /** Entries that are new. */
  readonly added: number
}

/**
 * Looks once. `onNotes` gets signed notes as they come, which prove a fault where one is thrown: `log/shrunk`, `log/other-root`,
 * `log/tile`, and what `openCheckpoint` and `fetchFile` throw.
 */
export async function lookOnce(
  monitored: Monitored,
  before: MonitorState | undefined,
  watching: {
    readonly onNotes: (notes: readonly Uint8Array[]) => void
    readonly onProgress: (done: number, total: number) => void
  },
): Promise<Round> {
  const { log, fetchFile, witnesses, watch } = monitored
  // First what witnesses saw, so that the log cannot be behind them.
  const cosigned = await Promise.all(witnesses.map((witness) => askWitness(witness, log)))
  const note = await fetchFile('checkpoint')
  const kept = before?.followed
  watching.onNotes([
    ...(kept === undefined ? [] : [kept.note]),
    ...cosigned.flatMap((one) => (one === undefined ? [] : [one.note])),
    note,
  ])
  const entries: NewEntry[] = []
  const onEntry = (one: NewEntry): void => {
    if (watch !== undefined && concerns(one.entry, watch)) entries.push(one)
  }
  const { onProgress } = watching
  const followed = await followLog({ log, note, kept, fetchFile, onEntry, onProgress })
  for (const one of cosigned) {
    if (one !== undefined) await assertSameHistory(one, followed.checkpoint, fetchFile)
  }
  const silent = witnesses
    .filter((_, at) => cosigned[at] === undefined)
    .map(({ key }): Alert => ({ alert: 'witness-silent', details: { witness: key.name } }))
  const from = kept?.checkpoint.size ?? 0
  const memory = before?.memory ?? NO_MEMORY
  const reviewed =
    watch === undefined
      ? { alerts: [], memory }
      : await review(monitored, entries, { watch, memory, from })
  return {
    state: { followed, memory: reviewed.memory },
    alerts: [...silent, ...reviewed.alerts],
    added: followed.checkpoint.size - from,
  }
}

async function review(
  { readExpected, readOpenings, settleMilliseconds }: Monitored,
  entries: readonly NewEntry[],
  {
    watch,
    memory,
    from,
  }: Pick<MonitorState, 'memory'> & { readonly watch: Watch; readonly from: number },
): Promise<ReturnType<typeof reviewEntries>> {
  if (entries.length === 0) return { alerts: [], memory }
  const once = async (): Promise<ReturnType<typeof reviewEntries>> => {
    const [expected, openings] = [await readExpected?.(), await readOpenings?.(from)]
    return reviewEntries(entries, { watch, memory, openings, expected })
  }
  const first = await once()
  const isLate = first.alerts.some(({ alert }) => /-(unexpected|missing)$/.test(alert))
  if (!isLate) return first
  await sleep(settleMilliseconds)
  return once()
}
