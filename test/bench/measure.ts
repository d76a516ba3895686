/** How the benchmarks measure: single operations in turns, medians, microseconds. */
import { performance } from 'node:perf_hooks'

const ROUNDS = 60

/** One line of the table. */
export interface BenchResult {
  readonly name: string
  /** Microseconds per operation of the raw signature work alone, median. */
  readonly rawMicroseconds: number
  /** Microseconds per operation of the whole job, median. */
  readonly microseconds: number
  /** The ratio aimed at. */
  readonly aim: number
}

/** Microseconds that `work` takes. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) * 1000
}

/** The middle value. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** Measures raw work and ours in turns, after as many turns that do not count; `oursPerRound` turns of ours follow one raw one. */
export async function inTurns(
  name: string,
  aim: number,
  work: {
    readonly raw: () => Promise<void>
    readonly ours: () => Promise<void>
    readonly rounds?: number
    readonly oursPerRound?: number
  },
): Promise<BenchResult> {
  const { rounds = ROUNDS, oursPerRound = 1 } = work
  const rawTimes: number[] = []
  const times: number[] = []
  for (let round = -rounds; round < rounds; round += 1) {
    const rawTime = await timed(work.raw)
    const turns: number[] = []
    for (let turn = 0; turn < oursPerRound; turn += 1) turns.push(await timed(work.ours))
    if (round < 0) continue
    rawTimes.push(rawTime)
    times.push(...turns)
  }
  return { name, rawMicroseconds: median(rawTimes), microseconds: median(times), aim }
}
