/** The page's end of the scanner worker, started when it is first needed. */

import type { Effort, ScanAnswer, ScanRequest } from './scanner-protocol.ts'
import { SCANNER_WORKER_URL, trustedScriptUrl } from './trusted-urls.ts'

/** What came of a picture: the text of a code, or a hint why there is none, or neither. */
export type CodeFound = Pick<ScanAnswer, 'text' | 'others' | 'hint'>

/** Chooses among the codes of one picture. */
export type PickCode = (texts: readonly string[]) => string | undefined

/** Reads the code in a bitmap, which it takes over. */
export type ReadCode = (bitmap: ImageBitmap, effort: Effort) => Promise<CodeFound>

interface Pending {
  readonly resolve: (found: CodeFound) => void
  readonly reject: (error: Error) => void
}

const pending = new Map<number, Pending>()
let worker: Worker | undefined
let lastId = 0

/** Sends one picture to the worker. Rejects when the reader cannot start (no wasm). */
export const readCode: ReadCode = (bitmap, effort) => {
  worker ??= start()
  const id = ++lastId
  const request: ScanRequest = { id, bitmap, effort }
  const answer = new Promise<CodeFound>((resolve, reject) => {
    pending.set(id, { resolve, reject })
  })
  worker.postMessage(request, [bitmap])
  return answer
}

/** Reads all codes in a bitmap, which it takes over, with every try. */
export async function readBitmap(bitmap: ImageBitmap): Promise<readonly string[]> {
  const { text, others = [] } = await readCode(bitmap, 'still')
  return text === undefined ? [] : [text, ...others]
}

/**
 * Reads the code in a picture file, of several the one that is picked, else the first; undefined when
 * it is no picture or holds no code.
 */
export async function readPicture(picture: Blob, pick: PickCode): Promise<string | undefined> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined)
  if (bitmap === undefined) return undefined
  const texts = await readBitmap(bitmap)
  return pick(texts) ?? texts[0]
}

function start(): Worker {
  const started = new Worker(trustedScriptUrl(SCANNER_WORKER_URL), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<ScanAnswer>) => {
    const waiting = pending.get(data.id)
    pending.delete(data.id)
    if (data.failed) waiting?.reject(new Error('the code reader failed'))
    else waiting?.resolve(data)
  })
  started.addEventListener('error', () => {
    worker = undefined
    for (const waiting of pending.values()) waiting.reject(new Error('the code reader failed'))
    pending.clear()
  })
  return started
}
