/** How the benchmarks measure: single operations in turns, medians, microseconds. */
import { performance } from 'node:perf_hooks'

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
