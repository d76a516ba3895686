/** Fetching what a set names and verifiers use, some at a time, with progress. */
import { type ErrorCode, Fault } from '@onetrip/codec'
import { fetchTarget, findTarget, type TargetSource } from './tuf/fetch-target.ts'
import { settle } from './tuf/store-and-fetcher.ts'

/** How far an update is; bytes as the metadata state them. */
export interface FetchProgress {
  readonly doneBytes: number
  readonly totalBytes: number
}

/** A target that could not be had. */
export interface MissedTarget {
  readonly path: string
  readonly code: ErrorCode
}

/** As many requests as a browser sends to one origin at a time over HTTP/1.1. */
const AT_A_TIME = 6

/** Brings the targets into the store; what fails is named and stops nothing. `onDone` hears of each, had or not. */
export async function fetchTargets(options: {
  readonly source: TargetSource
  readonly paths: readonly string[]
  readonly onDone: (path: string) => void
}): Promise<readonly MissedTarget[]> {
  const { source, paths, onDone } = options
  const missed: MissedTarget[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let at = next++; at < paths.length; at = next++) {
      const path = paths[at] ?? ''
      try {
        await bringTarget(source, path)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        missed.push({ path, code: error.code })
      }
      onDone(path)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  return missed
}

/** Adds up the targets that are done, out of all of `paths`. */
export async function targetProgress(options: {
  readonly source: TargetSource
  readonly paths: readonly string[]
  readonly onProgress: ((progress: FetchProgress) => void) | undefined
}): Promise<(path: string) => void> {
  const { source, paths, onProgress } = options
  if (onProgress === undefined) return () => {}
  const sizes = new Map<string, number>()
  for (const path of paths) sizes.set(path, await sizeOf(source, path))
  const totalBytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  let doneBytes = 0
  return (path) => {
    doneBytes += sizes.get(path) ?? 0
    onProgress({ doneBytes, totalBytes })
  }
}

/** What is kept needs nobody: the metadata that name it may be over by now. */
async function bringTarget(source: TargetSource, path: string): Promise<void> {
  const { set, store } = source
  const kept = await settle(() => fetchTarget({ set, store }, path))
  if ('code' in kept) await fetchTarget(source, path)
}

async function sizeOf({ set, store }: TargetSource, path: string): Promise<number> {
  try {
    return (await findTarget({ set, store }, path)).target.length
  } catch (error) {
    if (error instanceof Fault) return 0
    throw error
  }
}
