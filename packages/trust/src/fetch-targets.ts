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

/** Brings the targets into the store; what fails is named and stops nothing. */
export async function fetchTargets(options: {
  readonly source: TargetSource
  readonly paths: readonly string[]
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined
}): Promise<readonly MissedTarget[]> {
  const { source, paths, onProgress } = options
  const missed: MissedTarget[] = []
  const sizes = await Promise.all(paths.map((path) => sizeOf(source, path)))
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0)
  let doneBytes = 0
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
      doneBytes += sizes[at] ?? 0
      onProgress?.({ doneBytes, totalBytes })
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  return missed
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
